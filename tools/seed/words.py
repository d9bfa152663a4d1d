"""Vocabulary of the generated meetings and people, the most frequent first."""

SPANISH_FIRST = (
    "María", "José", "Ana", "Juan", "Luis", "Carmen", "Carlos", "Sofía", "Jorge", "Lucía", "Miguel", "Laura", "Pedro",
    "Elena", "Andrés", "Paula", "Javier", "Marta", "Fernando", "Isabel", "Rafael", "Camila", "Diego", "Valentina",
    "Ángel", "Patricia", "Ricardo", "Gabriela", "Óscar", "Daniela", "Sergio", "Adriana", "Raúl", "Mónica", "Iván",
    "Verónica", "Tomás", "Inés", "Hugo", "Rocío", "Joaquín", "Begoña", "Íñigo", "Nuria", "Ramón", "Belén", "Julián",
    "Concepción", "Héctor", "Yolanda", "Matías", "Rosario", "Agustín", "Noelia", "Germán", "Maite", "Eloy", "Ainhoa",
    "Wenceslao", "Zoraida",
)  # fmt: skip
SPANISH_LAST = (
    "García", "Rodríguez", "González", "Fernández", "López", "Martínez", "Sánchez", "Pérez", "Gómez", "Martín",
    "Jiménez", "Hernández", "Ruiz", "Díaz", "Moreno", "Muñoz", "Álvarez", "Romero", "Gutiérrez", "Alonso", "Navarro",
    "Torres", "Domínguez", "Ramos", "Vázquez", "Ramírez", "Gil", "Serrano", "Morales", "Molina", "Suárez", "Castro",
    "Ortega", "Delgado", "Ortiz", "Marín", "Rubio", "Núñez", "Medina", "Sanz", "Castillo", "Iglesias", "Cortés",
    "Garrido", "Santos", "Guerrero", "Lozano", "Cano", "Cruz", "Méndez", "Flores", "Herrera", "Peña", "León", "Cabrera",
    "Vega", "Calvo", "Fuentes", "Carrasco", "Aguilar", "Vidal", "Arias", "Ibáñez", "Parra", "Esteban", "Bravo",
    "Gallardo", "Rojas", "Pardo", "Merino", "Espinosa", "Lorenzo", "Soto", "Quiñones", "Batista", "Arosemena",
    "De la Guardia", "Peñalver", "Etxeberria", "Goikoetxea", "Urrutikoetxea", "Zubizarreta", "Fernández-Villaverde",
)  # fmt: skip
ENGLISH_FIRST = (
    "James", "Mary", "John", "Linda", "Robert", "Susan", "Michael", "Karen", "David", "Nancy", "William", "Lisa",
    "Richard", "Margaret", "Thomas", "Sandra", "Daniel", "Ashley", "Matthew", "Emily", "Mark", "Donna", "Steven", "Carol",
    "Andrew", "Ruth", "Kevin", "Sharon", "Brian", "Grace", "George", "Amy", "Edward", "Zoë", "Ronald", "Renée", "Jason",
    "Heather", "Siobhán", "Nigel",
)  # fmt: skip
ENGLISH_LAST = (
    "Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Anderson", "Taylor", "Thomas",
    "Moore", "Jackson", "White", "Harris", "Clark", "Lewis", "Robinson", "Walker", "Young", "Allen", "King", "Wright",
    "Scott", "Hill", "Green", "Adams", "Baker", "Nelson", "Carter", "Mitchell", "Roberts", "Turner", "Phillips",
    "Campbell", "Parker", "O'Connor", "MacGregor", "Fitzgerald", "Featherstonehaugh", "Müller", "Łukasiewicz",
)  # fmt: skip
SPANISH_SUBJECTS = (
    "Reunión de seguimiento", "Comité de compras", "Reunión de coordinación", "Entrevista", "Capacitación",
    "Revisión técnica", "Junta directiva", "Presentación de resultados", "Taller de planificación", "Asamblea de socios",
    "Comité de riesgos", "Inducción de personal", "Reunión con proveedores", "Rendición de cuentas",
    "Mesa de trabajo", "Auditoría interna", "Consejo académico", "Acompañamiento pedagógico",
)  # fmt: skip
SPANISH_TOPICS = (
    "proyecto Atlas", "presupuesto", "gastos de viaje", "equipo Ñandú", "ventas", "atención al cliente",
    "transformación digital", "nómina", "logística", "Bogotá", "Panamá", "Chiriquí", "sede norte", "convenio colectivo",
    "seguridad informática", "licitación pública", "mantenimiento", "campaña de navidad", "protección de datos",
    "contratación", "canal de Panamá", "gestión documental", "exportación de café", "sucursal de São Paulo",
)  # fmt: skip
ENGLISH_SUBJECTS = (
    "Weekly sync", "Project meeting", "Budget review", "Interview", "Onboarding", "Sprint planning", "Steering committee",
    "Customer call", "Training", "Retrospective", "Quarterly business review", "All hands", "Design review",
)  # fmt: skip
ENGLISH_TOPICS = (
    "Atlas", "payroll", "logistics", "data platform", "sales", "customer support", "travel policy", "security",
    "northern region", "Panama office", "hiring", "mobile app", "compliance", "Zephyr migration",
)  # fmt: skip
PERIODS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre", "Q1", "Q2", "Q3", "Q4", "primer semestre", "segunda vuelta", "cierre anual",
)  # fmt: skip
ZONES = ("America/Panama", "America/Bogota", "Europe/Madrid", "America/Mexico_City", "America/New_York")
"""The zones of made-up meetings, and how often: the first twice as often as the next, and so on."""
DOMAINS = ("convoca.example", "ventas.convoca.example", "aula.example.org")
"""The email domains of the staff."""
OUTSIDE = (
    "example.com",
    "example.net",
    "correo.example",
    "despacho.example",
    "universidad.example",
    "mail.example",
)
"""The email domains of external guests."""
