"""The whole main job in Spanish, on the sandbox that a new installation begins with: with JavaScript, without, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import DAY, Stage
from tests.support.browser import OpenContext, clipboard_text
from tests.support.live import LiveServer

CLIPBOARD = ("clipboard-read", "clipboard-write")


def create_meeting(page: Page, title: str) -> str:
    page.goto("/")
    page.get_by_role("link", name="Nueva reunión").click()
    page.get_by_label("Título").fill(title)
    page.get_by_label("Fecha", exact=True).fill(DAY)
    page.get_by_label("Hora", exact=True).fill("10:00")
    page.get_by_role("button", name="Crear la reunión").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article")).to_have_attribute("data-state", "scheduled")
    expect(page.locator("main time").first).to_contain_text("10:00, Panamá (UTC−5)")
    return page.url.partition("#")[0]


def add_person(page: Page, name: str, role: str = "Invitado", email: str = "") -> None:
    page.get_by_label("Rol").select_option(label=role)
    page.get_by_label("Nombre").fill(name)
    page.get_by_label("Correo").fill(email)
    page.get_by_role("button", name="Agregar a la persona").click()
    expect(row(page, name)).to_have_attribute("data-state", "added")


def add_everybody(page: Page) -> None:
    add_person(page, "Ana Ruiz", "Anfitrión")
    add_person(page, "Íñigo Núñez")
    add_person(page, "Begoña Peñalver", email="begona@example.org")
    expect(row(page, "Begoña Peñalver")).to_contain_text("Zelta envió la invitación")


def row(page: Page, name: str) -> "object":
    return page.locator("tr[data-participant]").filter(has=page.locator(".name", has_text=name))


def link_of(page: Page, name: str) -> str:
    address = row(page, name).locator("a[data-link]").get_attribute("href")
    assert address is not None
    return address
