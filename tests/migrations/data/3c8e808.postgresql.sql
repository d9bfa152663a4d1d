--
-- PostgreSQL database dump
--

\restrict GYq45mHljHfzNIGR7Y2zadoISQukof5ldJlcRKnWpE65dlMgusg3kAU3oz8Cvw2

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit_is_append_only(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;


--
-- Name: audit_journal(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_journal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO audit (at, action, actor, address, meeting_id, participant_id, entry_id) VALUES (new.begun_at, new.action, new.actor, new.address, new.meeting_id, new.participant_id, new.id); RETURN NULL; END $$;


--
-- Name: search_grams(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_grams(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT array_to_tsvector(string_to_array(rtrim(rtrim(regexp_replace(words, '(...)', '\1' || chr(1), 'g'), chr(1)) || chr(1) || rtrim(regexp_replace(substr(words, 2), '(...)', '\1' || chr(1), 'g'), chr(1)) || chr(1) || rtrim(regexp_replace(substr(words, 3), '(...)', '\1' || chr(1), 'g'), chr(1)), chr(1)), chr(1))) $$;


--
-- Name: search_meeting_added(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_meeting_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (new.id); RETURN NULL; END $$;


--
-- Name: search_meeting_changed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_meeting_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (new.id); RETURN NULL; END $$;


--
-- Name: search_meeting_gone(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_meeting_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (old.id); RETURN NULL; END $$;


--
-- Name: search_person_added(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_person_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (new.meeting_id); RETURN NULL; END $$;


--
-- Name: search_person_changed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_person_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (new.meeting_id); RETURN NULL; END $$;


--
-- Name: search_person_gone(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_person_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO search_queue (meeting_id) VALUES (old.meeting_id); RETURN NULL; END $$;


--
-- Name: trouble_person_added(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.trouble_person_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN UPDATE meetings SET people_in_trouble = people_in_trouble + 1 WHERE id = new.meeting_id; RETURN NULL; END $$;


--
-- Name: trouble_person_gone(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.trouble_person_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN UPDATE meetings SET people_in_trouble = people_in_trouble + -1 WHERE id = old.meeting_id; RETURN NULL; END $$;


--
-- Name: trouble_person_moved(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.trouble_person_moved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN UPDATE meetings SET people_in_trouble = people_in_trouble + CASE WHEN new.state IN ('refused', 'not_sent', 'unknown') THEN 1 ELSE -1 END WHERE id = new.meeting_id; RETURN NULL; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts (
    id bigint NOT NULL,
    username text NOT NULL,
    username_key text NOT NULL,
    display_name text NOT NULL,
    role character varying(20) NOT NULL,
    password_hash text,
    temporary_until timestamp with time zone,
    subject text,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_accounts_role CHECK (((role)::text = ANY ((ARRAY['viewer'::character varying, 'coordinator'::character varying, 'admin'::character varying])::text[])))
);


--
-- Name: accounts_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: accounts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: audit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action text NOT NULL,
    actor text,
    address text,
    subject text,
    meeting_id bigint,
    participant_id bigint,
    entry_id bigint,
    detail json
);


--
-- Name: audit_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: audit_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;


--
-- Name: held_forms; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.held_forms (
    id bigint NOT NULL,
    key_hash text NOT NULL,
    account_id bigint,
    sealed bytea NOT NULL,
    held_at timestamp with time zone NOT NULL
);


--
-- Name: held_forms_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.held_forms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: held_forms_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.held_forms_id_seq OWNED BY public.held_forms.id;


--
-- Name: journal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal (
    id bigint NOT NULL,
    action character varying(20) NOT NULL,
    actor text NOT NULL,
    submission_id text,
    meeting_id bigint NOT NULL,
    participant_id bigint,
    from_outbox boolean NOT NULL,
    request json NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    ending character varying(20),
    ended_at timestamp with time zone,
    status integer,
    code text,
    message text,
    reason text,
    retry_at timestamp with time zone,
    attempts integer,
    duration_ms integer,
    answer json,
    address text,
    CONSTRAINT ck_journal_action CHECK (((action)::text = ANY ((ARRAY['create_meeting'::character varying, 'add_participant'::character varying, 'cancel_meeting'::character varying, 'adopt_meeting'::character varying, 'meeting_exists'::character varying, 'discard_meeting'::character varying, 'keep_meeting'::character varying, 'discard_participant'::character varying, 'invitation_received'::character varying, 'import_people'::character varying, 'pause_list'::character varying, 'resume_list'::character varying, 'stop_list'::character varying, 'send_later'::character varying, 'reveal_token'::character varying])::text[]))),
    CONSTRAINT ck_journal_ending CHECK (((ending)::text = ANY ((ARRAY['done'::character varying, 'refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[])))
);


--
-- Name: journal_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: journal_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.journal_id_seq OWNED BY public.journal.id;


--
-- Name: lists; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lists (
    id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    state character varying(20) NOT NULL,
    held_for text,
    rows json NOT NULL,
    encoding text,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    CONSTRAINT ck_lists_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'running'::character varying, 'paused'::character varying, 'stopped'::character varying])::text[])))
);


--
-- Name: lists_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.lists_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: lists_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.lists_id_seq OWNED BY public.lists.id;


--
-- Name: meetings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meetings (
    id bigint NOT NULL,
    title text NOT NULL,
    title_folded text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    time_zone text NOT NULL,
    state character varying(20) NOT NULL,
    cancellation character varying(20),
    public_meeting_id text,
    id_source character varying(20),
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    people_in_trouble integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_meetings_cancellation CHECK (((cancellation)::text = ANY ((ARRAY['sending'::character varying, 'unknown'::character varying, 'not_sent'::character varying])::text[]))),
    CONSTRAINT ck_meetings_id_source CHECK (((id_source)::text = ANY ((ARRAY['answer'::character varying, 'typed'::character varying])::text[]))),
    CONSTRAINT ck_meetings_state CHECK (((state)::text = ANY ((ARRAY['sending'::character varying, 'scheduled'::character varying, 'cancelled'::character varying, 'refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying, 'discarded'::character varying])::text[])))
);


--
-- Name: meetings_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.meetings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: meetings_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.meetings_id_seq OWNED BY public.meetings.id;


--
-- Name: pace; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pace (
    id integer NOT NULL,
    calls integer,
    seconds double precision,
    announced double precision,
    inferred_at timestamp with time zone,
    blocked_until timestamp with time zone,
    probing_since timestamp with time zone,
    outages integer NOT NULL,
    strikes integer NOT NULL,
    CONSTRAINT ck_pace_only_one CHECK ((id = 1))
);


--
-- Name: participants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.participants (
    id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    role character varying(20) NOT NULL,
    name text NOT NULL,
    email text,
    email_key text,
    mailed boolean NOT NULL,
    maybe_mailed boolean NOT NULL,
    external_id text,
    folded text NOT NULL,
    state character varying(20) NOT NULL,
    public_participant_id text,
    token_sealed bytea,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    list_id bigint,
    claimed_by text,
    claimed_until timestamp with time zone,
    CONSTRAINT ck_participants_role CHECK (((role)::text = ANY ((ARRAY['host'::character varying, 'participant'::character varying])::text[]))),
    CONSTRAINT ck_participants_state CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'claimed'::character varying, 'sending'::character varying, 'added'::character varying, 'refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying, 'received'::character varying, 'discarded'::character varying])::text[])))
);


--
-- Name: participants_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.participants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: participants_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.participants_id_seq OWNED BY public.participants.id;


--
-- Name: search_queue; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_queue (
    id bigint NOT NULL,
    meeting_id bigint NOT NULL
);


--
-- Name: search_queue_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.search_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: search_queue_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.search_queue_id_seq OWNED BY public.search_queue.id;


--
-- Name: search_texts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_texts (
    meeting_id bigint NOT NULL,
    text text NOT NULL
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id bigint NOT NULL,
    key_hash text NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);


--
-- Name: sessions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sessions_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sessions_id_seq OWNED BY public.sessions.id;


--
-- Name: sign_in_attempts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sign_in_attempts (
    id bigint NOT NULL,
    name_hash text NOT NULL,
    address text NOT NULL,
    at timestamp with time zone NOT NULL
);


--
-- Name: sign_in_attempts_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sign_in_attempts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sign_in_attempts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sign_in_attempts_id_seq OWNED BY public.sign_in_attempts.id;


--
-- Name: accounts id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);


--
-- Name: audit id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);


--
-- Name: held_forms id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.held_forms ALTER COLUMN id SET DEFAULT nextval('public.held_forms_id_seq'::regclass);


--
-- Name: journal id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal ALTER COLUMN id SET DEFAULT nextval('public.journal_id_seq'::regclass);


--
-- Name: lists id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lists ALTER COLUMN id SET DEFAULT nextval('public.lists_id_seq'::regclass);


--
-- Name: meetings id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings ALTER COLUMN id SET DEFAULT nextval('public.meetings_id_seq'::regclass);


--
-- Name: participants id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants ALTER COLUMN id SET DEFAULT nextval('public.participants_id_seq'::regclass);


--
-- Name: search_queue id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_queue ALTER COLUMN id SET DEFAULT nextval('public.search_queue_id_seq'::regclass);


--
-- Name: sessions id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions ALTER COLUMN id SET DEFAULT nextval('public.sessions_id_seq'::regclass);


--
-- Name: sign_in_attempts id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sign_in_attempts ALTER COLUMN id SET DEFAULT nextval('public.sign_in_attempts_id_seq'::regclass);


--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts (id, username, username_key, display_name, role, password_hash, temporary_until, subject, disabled_at, created_at) FROM stdin;
1	olga	olga	Olga Ruiz	admin	not-a-hash	\N	\N	\N	2026-11-30 20:22:29.884165+00
2	beto	beto		coordinator	x	2099-01-01 00:00:00+00	\N	\N	2026-11-30 20:22:29.91258+00
3	eva@example.org	eva@example.org	Eva	viewer	\N	\N	https://idp.example 7	\N	2026-11-30 20:22:29.939421+00
4	ivan	ivan	Iván	viewer	\N	\N	\N	2026-11-30 20:22:29.863759+00	2026-11-30 20:22:29.946734+00
\.


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.alembic_version (version_num) FROM stdin;
0003
\.


--
-- Data for Name: audit; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.audit (id, at, action, actor, address, subject, meeting_id, participant_id, entry_id, detail) FROM stdin;
1	2026-11-30 20:22:10.478305+00	create_meeting	anonymous	127.0.0.1	\N	141	\N	1	\N
2	2026-11-30 20:22:12.187493+00	add_participant	anonymous	127.0.0.1	\N	141	276	2	\N
3	2026-11-30 20:22:12.942121+00	add_participant	anonymous	127.0.0.1	\N	141	277	3	\N
4	2026-11-30 20:22:13.518531+00	add_participant	anonymous	127.0.0.1	\N	141	278	4	\N
5	2026-11-30 20:22:14.159497+00	add_participant	anonymous	127.0.0.1	\N	141	279	5	\N
6	2026-11-30 20:22:14.802138+00	add_participant	anonymous	127.0.0.1	\N	141	280	6	\N
7	2026-11-30 20:22:15.603083+00	discard_participant	anonymous	127.0.0.1	\N	141	278	7	\N
8	2026-11-30 20:22:16.170055+00	add_participant	anonymous	127.0.0.1	\N	141	281	8	\N
9	2026-11-30 20:22:16.953784+00	invitation_received	anonymous	127.0.0.1	\N	141	281	9	\N
10	2026-11-30 20:22:18.204351+00	create_meeting	anonymous	127.0.0.1	\N	142	\N	10	\N
11	2026-11-30 20:22:20.059384+00	create_meeting	anonymous	127.0.0.1	\N	143	\N	11	\N
12	2026-11-30 20:22:21.273169+00	create_meeting	anonymous	127.0.0.1	\N	144	\N	12	\N
13	2026-11-30 20:22:21.737678+00	discard_meeting	anonymous	127.0.0.1	\N	144	\N	13	\N
14	2026-11-30 20:22:22.913111+00	adopt_meeting	anonymous	127.0.0.1	\N	145	\N	14	\N
15	2026-11-30 20:22:25.8369+00	create_meeting	anonymous	127.0.0.1	\N	146	\N	15	\N
16	2026-11-30 20:22:26.582423+00	cancel_meeting	anonymous	127.0.0.1	\N	146	\N	16	\N
17	2026-11-30 20:22:27.619132+00	create_meeting	anonymous	127.0.0.1	\N	147	\N	17	\N
18	2026-11-30 20:22:28.222843+00	cancel_meeting	anonymous	127.0.0.1	\N	147	\N	18	\N
19	2026-11-30 20:22:28.742744+00	import_people	anonymous	203.0.113.7	\N	149	\N	19	\N
20	2026-11-30 20:22:28.997499+00	import_people	anonymous	203.0.113.7	\N	150	\N	20	\N
21	2026-11-30 20:22:29.096826+00	pause_list	anonymous	203.0.113.7	\N	150	\N	21	\N
22	2026-11-30 20:22:29.233196+00	import_people	anonymous	203.0.113.7	\N	151	\N	22	\N
23	2026-11-30 20:22:29.296079+00	stop_list	anonymous	203.0.113.7	\N	151	\N	23	\N
24	2026-11-30 20:22:29.379178+00	add_participant	anonymous	\N	\N	149	282	24	\N
25	2026-11-30 20:22:29.397895+00	add_participant	anonymous	\N	\N	149	284	25	\N
26	2026-11-30 20:22:29.666566+00	create_meeting	olga	203.0.113.8	\N	162	\N	26	\N
27	2026-11-30 20:22:29.683531+00	create_meeting	olga	203.0.113.8	\N	162	\N	27	\N
28	2026-11-30 20:22:29.688181+00	create_meeting	olga	203.0.113.8	\N	162	\N	28	\N
29	2026-11-30 20:22:29.694537+00	create_meeting	olga	203.0.113.8	\N	162	\N	29	\N
30	2026-11-30 20:22:29.700954+00	add_participant	olga	203.0.113.8	\N	162	\N	30	\N
31	2026-11-30 20:22:29.705532+00	add_participant	olga	203.0.113.8	\N	162	\N	31	\N
32	2026-11-30 20:22:29.709314+00	add_participant	olga	203.0.113.8	\N	162	\N	32	\N
33	2026-11-30 20:22:29.71636+00	add_participant	olga	203.0.113.8	\N	162	\N	33	\N
34	2026-11-30 20:22:29.729636+00	cancel_meeting	olga	203.0.113.8	\N	162	\N	34	\N
35	2026-11-30 20:22:29.736987+00	cancel_meeting	olga	203.0.113.8	\N	162	\N	35	\N
36	2026-11-30 20:22:29.743282+00	cancel_meeting	olga	203.0.113.8	\N	162	\N	36	\N
37	2026-11-30 20:22:29.746485+00	cancel_meeting	olga	203.0.113.8	\N	162	\N	37	\N
38	2026-11-30 20:22:29.765205+00	adopt_meeting	olga	203.0.113.8	\N	162	\N	38	\N
39	2026-11-30 20:22:29.773483+00	meeting_exists	olga	203.0.113.8	\N	162	\N	39	\N
40	2026-11-30 20:22:29.779185+00	discard_meeting	olga	203.0.113.8	\N	162	\N	40	\N
41	2026-11-30 20:22:29.788428+00	keep_meeting	olga	203.0.113.8	\N	162	\N	41	\N
42	2026-11-30 20:22:29.803955+00	discard_participant	olga	203.0.113.8	\N	162	\N	42	\N
43	2026-11-30 20:22:29.819671+00	invitation_received	olga	203.0.113.8	\N	162	\N	43	\N
44	2026-11-30 20:22:29.825524+00	import_people	olga	203.0.113.8	\N	162	\N	44	\N
45	2026-11-30 20:22:29.8302+00	pause_list	olga	203.0.113.8	\N	162	\N	45	\N
46	2026-11-30 20:22:29.839241+00	resume_list	olga	203.0.113.8	\N	162	\N	46	\N
47	2026-11-30 20:22:29.843652+00	stop_list	olga	203.0.113.8	\N	162	\N	47	\N
48	2026-11-30 20:22:29.849808+00	send_later	olga	203.0.113.8	\N	162	\N	48	\N
49	2026-11-30 20:22:29.858501+00	reveal_token	olga	203.0.113.8	\N	162	\N	49	\N
50	2026-11-30 20:22:29.863759+00	signed_in	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
51	2026-11-30 20:21:29.863759+00	sign_in_failed	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
52	2026-11-30 20:20:29.863759+00	sign_in_refused	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
53	2026-11-30 20:19:29.863759+00	signed_out	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
54	2026-11-30 20:18:29.863759+00	signed_out_everywhere	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
55	2026-11-30 20:17:29.863759+00	account_added	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
56	2026-11-30 20:16:29.863759+00	account_disabled	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
57	2026-11-30 20:15:29.863759+00	account_enabled	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
58	2026-11-30 20:14:29.863759+00	role_changed	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
59	2026-11-30 20:13:29.863759+00	password_changed	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
60	2026-11-30 20:12:29.863759+00	password_reset	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
61	2026-11-30 20:11:29.863759+00	copied_links	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
62	2026-11-30 20:10:29.863759+00	exported	olga	203.0.113.8	\N	\N	\N	\N	{"role": "viewer", "what": "audit"}
63	2026-11-30 20:09:29.863759+00	restored	olga	203.0.113.8	beto	\N	\N	\N	{"role": "viewer", "what": "audit"}
\.


--
-- Data for Name: held_forms; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.held_forms (id, key_hash, account_id, sealed, held_at) FROM stdin;
1	bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb	2	\\x7365616c6564	2026-11-30 20:22:29.978123+00
2	cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc	\N	\\x7365616c6564	2026-11-30 20:22:29.978128+00
\.


--
-- Data for Name: journal; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal (id, action, actor, submission_id, meeting_id, participant_id, from_outbox, request, begun_at, expires_at, ending, ended_at, status, code, message, reason, retry_at, attempts, duration_ms, answer, address) FROM stdin;
1	create_meeting	anonymous	322ee29c1b6c4b3983c06c26c87dafe2	141	\N	f	{"body": {"title": "Asamblea de la cuenca", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:10.478305+00	2026-11-30 20:22:15.478306+00	done	2026-11-30 20:22:10.588892+00	201	\N	\N	\N	\N	1	47	{"success": true, "data": {"meeting": {"public_meeting_id": "mtg82eafb3d0b00bce0", "title": "Asamblea de la cuenca"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
2	add_participant	anonymous	00d0984c5f794a6d8f5140e70bf3baf1	141	276	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "host", "name": "Ana Ruiz"}}	2026-11-30 20:22:12.187493+00	2026-11-30 20:22:17.187494+00	done	2026-11-30 20:22:12.265767+00	201	\N	\N	\N	\N	1	40	{"success": true, "data": {"participant": {"public_participant_id": "prt2efec4f1d3571855", "name": "Ana Ruiz"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
3	add_participant	anonymous	da5d163058554035a70dedf16c902af3	141	277	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "participant", "name": "Luis Pe\\u00f1a", "email": "luis@example.org", "externalId": "L-1"}}	2026-11-30 20:22:12.942121+00	2026-11-30 20:22:17.942122+00	done	2026-11-30 20:22:13.027625+00	201	\N	\N	\N	\N	1	47	{"success": true, "data": {"participant": {"public_participant_id": "prtaabf7bf994661ffb", "name": "Luis Pe\\u00f1a"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
4	add_participant	anonymous	8545d31f33434c8fb700bf12d9be578d	141	278	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "participant", "name": "Refugio Rechazada", "email": "refugio@example.org"}}	2026-11-30 20:22:13.518531+00	2026-11-30 20:22:18.518532+00	refused	2026-11-30 20:22:13.600166+00	400	ERR_NO	No se puede	\N	\N	1	23	{"success": false, "message": "No se puede", "error": {"code": "ERR_NO"}}	127.0.0.1
5	add_participant	anonymous	3302323bdee54787846d6be55938d1b0	141	279	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "participant", "name": "Eva Incierta", "email": "eva@example.org"}}	2026-11-30 20:22:14.159497+00	2026-11-30 20:22:19.159498+00	unknown	2026-11-30 20:22:14.251761+00	\N	\N	\N	connection_lost	\N	1	39	\N	127.0.0.1
6	add_participant	anonymous	e7c8738308dd47959af8d46e308dd870	141	280	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "participant", "name": "Bruno Limitado", "email": "bruno@example.org"}}	2026-11-30 20:22:14.802138+00	2026-11-30 20:22:19.802139+00	not_sent	2026-11-30 20:22:14.900499+00	429	ERR_RATE	Demasiadas	rate_limited	2026-11-30 20:23:14.9005+00	1	27	{"success": false, "message": "Demasiadas", "error": {"code": "ERR_RATE"}}	127.0.0.1
7	discard_participant	anonymous	d4171d574b4148cf8aa8eb122dcd1f3b-278	141	278	f	{}	2026-11-30 20:22:15.603083+00	\N	done	2026-11-30 20:22:15.603084+00	\N	\N	\N	\N	\N	\N	\N	\N	127.0.0.1
8	add_participant	anonymous	4de58e1af9624765bdd055f2af0580af	141	281	f	{"public_meeting_id": "mtg82eafb3d0b00bce0", "body": {"preset_name": "participant", "name": "Iv\\u00e1n Recibido", "email": "ivan@example.org"}}	2026-11-30 20:22:16.170055+00	2026-11-30 20:22:21.170055+00	unknown	2026-11-30 20:22:16.266048+00	\N	\N	\N	connection_lost	\N	1	42	\N	127.0.0.1
9	invitation_received	anonymous	b7b17dc2153f45a794a7080d17044505-281	141	281	f	{}	2026-11-30 20:22:16.953784+00	\N	done	2026-11-30 20:22:16.953785+00	\N	\N	\N	\N	\N	\N	\N	\N	127.0.0.1
10	create_meeting	anonymous	51119634513748bea61921f1f1ebf1d5	142	\N	f	{"body": {"title": "T\\u00edtulo rechazado", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:18.204351+00	2026-11-30 20:22:23.204352+00	refused	2026-11-30 20:22:18.33036+00	400	ERR_TITLE	El título no vale	\N	\N	1	25	{"success": false, "message": "El t\\u00edtulo no vale", "error": {"code": "ERR_TITLE"}}	127.0.0.1
11	create_meeting	anonymous	1807c96d94824490856e4f74d830adf9	143	\N	f	{"body": {"title": "Reuni\\u00f3n incierta", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:20.059384+00	2026-11-30 20:22:25.059385+00	unknown	2026-11-30 20:22:20.112854+00	\N	\N	\N	connection_lost	\N	1	21	\N	127.0.0.1
12	create_meeting	anonymous	f9e0f4f6690d431689932861e631ee29	144	\N	f	{"body": {"title": "Reuni\\u00f3n descartada", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:21.273169+00	2026-11-30 20:22:26.27317+00	unknown	2026-11-30 20:22:21.33949+00	\N	\N	\N	connection_lost	\N	1	17	\N	127.0.0.1
13	discard_meeting	anonymous	99cffa48daf0499699b6418ed532f1c2	144	\N	f	{}	2026-11-30 20:22:21.737678+00	\N	done	2026-11-30 20:22:21.737679+00	\N	\N	\N	\N	\N	\N	\N	\N	127.0.0.1
14	adopt_meeting	anonymous	4ba5542cd1c44159a4fd68f0bb1077b7	145	\N	f	{"public_meeting_id": "mtg-typed", "body": {"title": "Reuni\\u00f3n adoptada", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:22.913111+00	\N	done	2026-11-30 20:22:22.913111+00	\N	\N	\N	\N	\N	\N	\N	\N	127.0.0.1
15	create_meeting	anonymous	27d988bcfd8d4b6dae67f5f3f2d4e30e	146	\N	f	{"body": {"title": "Reuni\\u00f3n cancelada", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:25.8369+00	2026-11-30 20:22:30.8369+00	done	2026-11-30 20:22:25.941228+00	201	\N	\N	\N	\N	1	68	{"success": true, "data": {"meeting": {"public_meeting_id": "mtg02abd32b63a59b3f", "title": "Reuni\\u00f3n cancelada"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
16	cancel_meeting	anonymous	f4807947eabb408e9d2e2561c39e422b	146	\N	f	{"public_meeting_id": "mtg02abd32b63a59b3f", "body": {"status": "CANCELLED"}}	2026-11-30 20:22:26.582423+00	2026-11-30 20:22:31.582424+00	done	2026-11-30 20:22:26.60163+00	200	\N	\N	\N	\N	1	5	{"success": true, "data": {"meeting": {"public_meeting_id": "mtg02abd32b63a59b3f", "status": "CANCELLED"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
17	create_meeting	anonymous	09fbe496110f4d92a1de6606a9c7171c	147	\N	f	{"body": {"title": "Cancelaci\\u00f3n incierta", "datetime": "2026-12-07T10:00:00Z"}}	2026-11-30 20:22:27.619132+00	2026-11-30 20:22:32.619134+00	done	2026-11-30 20:22:27.65942+00	201	\N	\N	\N	\N	1	20	{"success": true, "data": {"meeting": {"public_meeting_id": "mtg7c7cd0cfe80df51a", "title": "Cancelaci\\u00f3n incierta"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
18	cancel_meeting	anonymous	421638fe70164b60b511ba45c6b57096	147	\N	f	{"public_meeting_id": "mtg7c7cd0cfe80df51a", "body": {"status": "CANCELLED"}}	2026-11-30 20:22:28.222843+00	2026-11-30 20:22:33.222844+00	done	2026-11-30 20:22:28.497633+00	200	\N	\N	\N	\N	2	241	{"success": true, "data": {"meeting": {"public_meeting_id": "mtg7c7cd0cfe80df51a", "status": "CANCELLED"}}, "message": "OK", "timestamp": "2026-11-24T15:00:00Z"}	127.0.0.1
19	import_people	anonymous	\N	149	\N	f	{"list_id": 2, "number": 12}	2026-11-30 20:22:28.742744+00	\N	done	2026-11-30 20:22:28.742745+00	\N	\N	\N	\N	\N	\N	\N	\N	203.0.113.7
20	import_people	anonymous	\N	150	\N	f	{"list_id": 3, "number": 12}	2026-11-30 20:22:28.997499+00	\N	done	2026-11-30 20:22:28.997501+00	\N	\N	\N	\N	\N	\N	\N	\N	203.0.113.7
21	pause_list	anonymous	\N	150	\N	f	{"list_id": 3}	2026-11-30 20:22:29.096826+00	\N	done	2026-11-30 20:22:29.096828+00	\N	\N	\N	\N	\N	\N	\N	\N	203.0.113.7
22	import_people	anonymous	\N	151	\N	f	{"list_id": 4, "number": 12}	2026-11-30 20:22:29.233196+00	\N	done	2026-11-30 20:22:29.233198+00	\N	\N	\N	\N	\N	\N	\N	\N	203.0.113.7
23	stop_list	anonymous	\N	151	\N	f	{"list_id": 4}	2026-11-30 20:22:29.296079+00	\N	done	2026-11-30 20:22:29.29608+00	\N	\N	\N	\N	\N	\N	\N	\N	203.0.113.7
24	add_participant	anonymous	\N	149	282	t	{"body": {"name": "Persona 2", "email": "p2@example.org", "preset_name": "participant"}}	2026-11-30 20:22:29.379178+00	2026-11-30 20:22:42.379179+00	done	2026-11-30 20:22:29.379179+00	201	\N	\N	\N	\N	1	40	\N	\N
25	add_participant	anonymous	\N	149	284	t	{"body": {"name": "Persona 2", "email": "p2@example.org", "preset_name": "participant"}}	2026-11-30 20:22:29.397895+00	2026-11-30 20:22:42.397896+00	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
26	create_meeting	olga	form-create_meeting-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.666566+00	2026-11-30 20:22:42.666568+00	done	2026-11-30 20:22:29.666568+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
27	create_meeting	olga	form-create_meeting-refused	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.683531+00	2026-11-30 20:22:42.683532+00	refused	2026-11-30 20:22:29.683532+00	201	ERR_X	Mensaje	\N	2099-01-01 00:00:00+00	2	31	{"data": {"ok": false}}	203.0.113.8
28	create_meeting	olga	form-create_meeting-not_sent	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.688181+00	2026-11-30 20:22:42.688182+00	not_sent	2026-11-30 20:22:29.688182+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": false}}	203.0.113.8
29	create_meeting	olga	form-create_meeting-unknown	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.694537+00	2026-11-30 20:22:42.694537+00	unknown	2026-11-30 20:22:29.694537+00	201	ERR_X	Mensaje	timeout	\N	2	31	{"data": {"ok": false}}	203.0.113.8
30	add_participant	olga	form-add_participant-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.700954+00	2026-11-30 20:22:42.700954+00	done	2026-11-30 20:22:29.700954+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
31	add_participant	olga	form-add_participant-refused	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.705532+00	2026-11-30 20:22:42.705533+00	refused	2026-11-30 20:22:29.705533+00	201	ERR_X	Mensaje	\N	2099-01-01 00:00:00+00	2	31	{"data": {"ok": false}}	203.0.113.8
32	add_participant	olga	form-add_participant-not_sent	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.709314+00	2026-11-30 20:22:42.709315+00	not_sent	2026-11-30 20:22:29.709315+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": false}}	203.0.113.8
33	add_participant	olga	form-add_participant-unknown	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.71636+00	2026-11-30 20:22:42.71636+00	unknown	2026-11-30 20:22:29.71636+00	201	ERR_X	Mensaje	timeout	\N	2	31	{"data": {"ok": false}}	203.0.113.8
34	cancel_meeting	olga	form-cancel_meeting-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.729636+00	2026-11-30 20:22:42.729637+00	done	2026-11-30 20:22:29.729637+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
35	cancel_meeting	olga	form-cancel_meeting-refused	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.736987+00	2026-11-30 20:22:42.736988+00	refused	2026-11-30 20:22:29.736988+00	201	ERR_X	Mensaje	\N	2099-01-01 00:00:00+00	2	31	{"data": {"ok": false}}	203.0.113.8
36	cancel_meeting	olga	form-cancel_meeting-not_sent	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.743282+00	2026-11-30 20:22:42.743283+00	not_sent	2026-11-30 20:22:29.743283+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": false}}	203.0.113.8
37	cancel_meeting	olga	form-cancel_meeting-unknown	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.746485+00	2026-11-30 20:22:42.746485+00	unknown	2026-11-30 20:22:29.746485+00	201	ERR_X	Mensaje	timeout	\N	2	31	{"data": {"ok": false}}	203.0.113.8
38	adopt_meeting	olga	form-adopt_meeting-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.765205+00	\N	done	2026-11-30 20:22:29.765206+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
39	meeting_exists	olga	form-meeting_exists-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.773483+00	\N	done	2026-11-30 20:22:29.773484+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
40	discard_meeting	olga	form-discard_meeting-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.779185+00	\N	done	2026-11-30 20:22:29.779185+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
41	keep_meeting	olga	form-keep_meeting-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.788428+00	\N	done	2026-11-30 20:22:29.788429+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
42	discard_participant	olga	form-discard_participant-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.803955+00	\N	done	2026-11-30 20:22:29.803956+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
43	invitation_received	olga	form-invitation_received-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.819671+00	\N	done	2026-11-30 20:22:29.819672+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
44	import_people	olga	form-import_people-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.825524+00	\N	done	2026-11-30 20:22:29.825525+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
45	pause_list	olga	form-pause_list-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.8302+00	\N	done	2026-11-30 20:22:29.830201+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
46	resume_list	olga	form-resume_list-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.839241+00	\N	done	2026-11-30 20:22:29.839242+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
47	stop_list	olga	form-stop_list-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.843652+00	\N	done	2026-11-30 20:22:29.843652+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
48	send_later	olga	form-send_later-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.849808+00	\N	done	2026-11-30 20:22:29.849809+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
49	reveal_token	olga	form-reveal_token-done	162	\N	f	{"body": {"name": "Ana"}, "number": 3, "list_id": 1}	2026-11-30 20:22:29.858501+00	\N	done	2026-11-30 20:22:29.858502+00	201	ERR_X	Mensaje	\N	\N	2	31	{"data": {"ok": true}}	203.0.113.8
\.


--
-- Data for Name: lists; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.lists (id, meeting_id, state, held_for, rows, encoding, created_at, created_by) FROM stdin;
1	148	draft	\N	[{"n": 1, "line": 2, "text": "Persona 0 \\u00b7 p0@example.org", "name": "Persona 0", "email": "p0@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 2, "line": 3, "text": "Persona 1 \\u00b7 p1@example.org", "name": "Persona 1", "email": "p1@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 3, "line": 4, "text": "Persona 2 \\u00b7 p2@example.org", "name": "Persona 2", "email": "p2@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 4, "line": 5, "text": "Persona 3 \\u00b7 p3@example.org", "name": "Persona 3", "email": "p3@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 5, "line": 6, "text": "Persona 4 \\u00b7 p4@example.org", "name": "Persona 4", "email": "p4@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 6, "line": 7, "text": "Persona 5 \\u00b7 p5@example.org", "name": "Persona 5", "email": "p5@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 7, "line": 8, "text": "Persona 6 \\u00b7 p6@example.org", "name": "Persona 6", "email": "p6@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 8, "line": 9, "text": "Persona 7 \\u00b7 p7@example.org", "name": "Persona 7", "email": "p7@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 9, "line": 10, "text": "Persona 8 \\u00b7 p8@example.org", "name": "Persona 8", "email": "p8@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 10, "line": 11, "text": "Persona 9 \\u00b7 p9@example.org", "name": "Persona 9", "email": "p9@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 11, "line": 12, "text": "Persona 10 \\u00b7 p10@example.org", "name": "Persona 10", "email": "p10@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 12, "line": 13, "text": "Persona 11 \\u00b7 p11@example.org", "name": "Persona 11", "email": "p11@example.org", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": null, "suggestion": null}, {"n": 13, "line": 14, "text": "Mala \\u00b7 mala@@x", "name": "Mala", "email": "mala@@x", "role": "participant", "external_id": "", "mail": "mail", "keep": true, "as_is": false, "problem": "bad_email", "suggestion": null}]	\N	2026-11-30 20:22:28.704698+00	anonymous
2	149	running	\N	[]	\N	2026-11-30 20:22:28.714702+00	anonymous
3	150	paused	api_key	[]	\N	2026-11-30 20:22:28.844368+00	anonymous
4	151	stopped	\N	[]	\N	2026-11-30 20:22:29.164155+00	anonymous
\.


--
-- Data for Name: meetings; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.meetings (id, title, title_folded, starts_at, time_zone, state, cancellation, public_meeting_id, id_source, created_at, created_by, people_in_trouble) FROM stdin;
1	Acompañamiento pedagógico · equipo Ñandú, Q1	acompanamiento pedagogico · equipo nandu, q1	2024-10-02 09:00:00+00	America/Panama	cancelled	\N	mtg_000000000001	answer	2024-10-01 17:26:00+00	maria.19	0
2	Entrevista 281 – gastos de viaje	entrevista 281 – gastos de viaje	2024-08-22 11:45:00+00	America/Panama	scheduled	\N	mtg_000000000002	answer	2024-08-12 13:47:00+00	luis.11	0
3	Comité de compras · nómina, Q1	comite de compras · nomina, q1	2027-03-22 09:15:00+00	America/Bogota	scheduled	\N	mtg_000000000003	answer	2026-11-17 01:37:00+00	maria.19	0
4	Rendición de cuentas · Panamá, marzo	rendicion de cuentas · panama, marzo	2025-03-12 17:00:00+00	America/Mexico_City	scheduled	\N	mtg_000000000004	answer	2025-02-24 07:01:00+00	miguel.43	0
5	Capacitación: proyecto Atlas	capacitacion: proyecto atlas	2024-10-26 18:45:00+00	America/Panama	scheduled	\N	mtg_000000000005	answer	2024-10-05 05:11:00+00	sergio.31	0
6	Entrevista 393 – atención al cliente	entrevista 393 – atencion al cliente	2025-07-24 08:00:00+00	America/Panama	scheduled	\N	mtg_000000000006	answer	2025-06-27 00:58:00+00	hector.29	0
7	Presentación de resultados, Panamá octubre	presentacion de resultados, panama octubre	2026-01-18 14:15:00+00	America/Panama	scheduled	\N	mtg_000000000007	answer	2025-12-28 09:22:00+00	sergio.31	0
8	Capacitación 199 – sucursal de São Paulo	capacitacion 199 – sucursal de sao paulo	2025-08-18 08:00:00+00	America/Panama	scheduled	\N	mtg_000000000008	answer	2025-07-22 20:53:00+00	hector.29	0
9	Asamblea de socios, ventas noviembre	asamblea de socios, ventas noviembre	2026-04-22 07:00:00+00	America/Bogota	scheduled	\N	mtg_000000000009	answer	2026-04-07 12:31:00+00	ainhoa.28	0
10	Reunión de seguimiento 326 – licitación pública	reunion de seguimiento 326 – licitacion publica	2025-11-05 11:15:00+00	America/Panama	cancelled	\N	mtg_00000000000a	answer	2025-10-16 14:46:00+00	james.54	0
11	All hands: sales	all hands: sales	2026-10-02 14:00:00+00	America/Bogota	scheduled	\N	mtg_00000000000b	answer	2026-09-04 14:21:00+00	marta.25	0
12	Asamblea de socios 208 – exportación de café	asamblea de socios 208 – exportacion de cafe	2026-02-19 14:30:00+00	America/Bogota	scheduled	\N	mtg_00000000000c	answer	2026-01-25 05:46:00+00	mark.18	0
13	Reunión de coordinación, sede norte mayo	reunion de coordinacion, sede norte mayo	2025-10-25 08:15:00+00	America/Panama	scheduled	\N	mtg_00000000000d	answer	2025-10-17 09:27:00+00	joaquin.14	0
14	Entrevista, transformación digital septiembre	entrevista, transformacion digital septiembre	2024-10-18 14:45:00+00	America/Bogota	scheduled	\N	mtg_00000000000e	answer	2024-10-05 23:38:00+00	maria.55	0
15	Entrevista, sede norte cierre anual	entrevista, sede norte cierre anual	2024-11-09 13:15:00+00	Europe/Madrid	scheduled	\N	mtg_00000000000f	answer	2024-10-16 12:42:00+00	john.1	0
16	Mesa de trabajo 66 – logística	mesa de trabajo 66 – logistica	2027-05-30 17:00:00+00	America/Bogota	scheduled	\N	mtg_000000000010	answer	2026-11-10 02:13:00+00	sofia.8	0
17	Comité de compras, presupuesto octubre	comite de compras, presupuesto octubre	2025-07-15 14:45:00+00	America/Panama	scheduled	\N	mtg_000000000011	answer	2025-06-16 03:53:00+00	carlos.15	0
18	Taller de planificación 379 – presupuesto	taller de planificacion 379 – presupuesto	2024-10-29 10:15:00+00	America/New_York	scheduled	\N	mtg_000000000012	answer	2024-10-06 20:50:00+00	jose.45	0
19	Interview · payroll, Q4	interview · payroll, q4	2024-10-06 16:30:00+00	America/Mexico_City	scheduled	\N	mtg_000000000013	answer	2024-09-30 00:37:00+00	andres.6	0
20	Taller de planificación: gastos de viaje	taller de planificacion: gastos de viaje	2025-05-18 12:15:00+00	America/Panama	not_sent	\N	\N	\N	2025-05-09 19:59:00+00	marta.25	0
21	Asamblea de socios 227 – licitación pública	asamblea de socios 227 – licitacion publica	2024-06-18 08:15:00+00	America/Panama	scheduled	\N	mtg_000000000015	answer	2024-06-05 14:38:00+00	sofia.2	0
22	Reunión de coordinación: protección de datos	reunion de coordinacion: proteccion de datos	2025-11-02 17:00:00+00	America/Panama	scheduled	\N	mtg_000000000016	answer	2025-10-15 06:53:00+00	ainhoa.28	0
23	Comité de compras: gestión documental	comite de compras: gestion documental	2026-03-23 11:15:00+00	America/Panama	scheduled	\N	mtg_000000000017	answer	2026-03-09 22:25:00+00	jorge.38	0
24	Inducción de personal · convenio colectivo, noviembre	induccion de personal · convenio colectivo, noviembre	2027-01-12 12:45:00+00	America/Panama	scheduled	\N	mtg_000000000018	answer	2026-11-02 21:20:00+00	raul.59	0
25	Acompañamiento pedagógico: campaña de navidad	acompanamiento pedagogico: campana de navidad	2024-12-02 10:15:00+00	America/Panama	scheduled	\N	mtg_000000000019	answer	2024-11-28 00:56:00+00	monica.34	0
26	Asamblea de socios · presupuesto, junio	asamblea de socios · presupuesto, junio	2025-04-23 11:30:00+00	America/Panama	scheduled	\N	mtg_00000000001a	answer	2025-03-28 03:52:00+00	jose.17	0
27	Reunión de seguimiento · proyecto Atlas, Q3	reunion de seguimiento · proyecto atlas, q3	2024-09-03 11:30:00+00	America/Panama	scheduled	\N	mtg_00000000001b	answer	2024-08-23 21:08:00+00	joaquin.41	0
28	Comité de compras: convenio colectivo	comite de compras: convenio colectivo	2026-05-30 10:15:00+00	America/Panama	scheduled	\N	mtg_00000000001c	answer	2026-05-28 17:21:00+00	luis.11	0
29	Onboarding: Atlas	onboarding: atlas	2027-07-14 09:15:00+00	America/Bogota	scheduled	\N	mtg_00000000001d	answer	2026-10-31 21:51:00+00	sofia.2	0
30	Rendición de cuentas: ventas	rendicion de cuentas: ventas	2026-06-28 17:15:00+00	America/Panama	scheduled	\N	mtg_00000000001e	answer	2026-06-19 17:52:00+00	maria.19	0
31	Revisión técnica · contratación, mayo	revision tecnica · contratacion, mayo	2025-05-10 15:15:00+00	America/Mexico_City	scheduled	\N	mtg_00000000001f	answer	2025-05-02 19:37:00+00	maria.58	0
32	Interview, Atlas marzo	interview, atlas marzo	2025-05-07 17:00:00+00	America/Bogota	scheduled	\N	mtg_000000000020	answer	2025-04-27 14:27:00+00	sofia.2	0
33	Reunión de seguimiento · exportación de café, febrero	reunion de seguimiento · exportacion de cafe, febrero	2024-08-30 17:30:00+00	America/Panama	scheduled	\N	mtg_000000000021	answer	2024-08-15 23:24:00+00	robert.24	0
34	Reunión de coordinación · atención al cliente, enero	reunion de coordinacion · atencion al cliente, enero	2027-03-12 14:15:00+00	America/Panama	scheduled	\N	mtg_000000000022	answer	2026-11-19 07:03:00+00	ashley.27	0
35	Entrevista: atención al cliente	entrevista: atencion al cliente	2025-03-06 08:15:00+00	Europe/Madrid	scheduled	\N	mtg_000000000023	answer	2025-02-20 01:35:00+00	carmen.23	0
36	Weekly sync · northern region, marzo	weekly sync · northern region, marzo	2025-11-11 09:30:00+00	Europe/Madrid	scheduled	\N	mtg_000000000024	answer	2025-10-27 15:47:00+00	juan.51	0
37	Capacitación: gastos de viaje	capacitacion: gastos de viaje	2026-09-17 09:30:00+00	America/Mexico_City	scheduled	\N	mtg_000000000025	answer	2026-08-19 10:12:00+00	ricardo.37	0
38	Design review: data platform	design review: data platform	2027-06-15 17:00:00+00	America/Bogota	scheduled	\N	mtg_000000000026	answer	2026-11-12 01:23:00+00	valentina.40	0
39	Junta directiva 265 – gestión documental	junta directiva 265 – gestion documental	2027-09-25 17:30:00+00	America/Bogota	scheduled	\N	mtg_000000000027	answer	2026-11-15 18:31:00+00	ainhoa.28	0
40	Comité de compras: Bogotá	comite de compras: bogota	2027-08-18 12:30:00+00	America/Panama	scheduled	\N	mtg_000000000028	answer	2026-11-16 04:15:00+00	andres.3	0
41	Reunión de seguimiento · canal de Panamá, mayo	reunion de seguimiento · canal de panama, mayo	2024-10-21 17:00:00+00	Europe/Madrid	scheduled	\N	mtg_000000000029	answer	2024-10-15 02:58:00+00	maria.53	0
42	Revisión técnica, nómina agosto	revision tecnica, nomina agosto	2024-06-13 07:30:00+00	America/Bogota	scheduled	\N	mtg_00000000002a	answer	2024-06-10 12:18:00+00	lucia.22	0
43	Weekly sync, payroll junio	weekly sync, payroll junio	2024-10-21 11:45:00+00	America/Panama	scheduled	\N	mtg_00000000002b	answer	2024-09-23 00:02:00+00	ramon.42	0
44	All hands: payroll	all hands: payroll	2027-07-22 17:45:00+00	America/Bogota	scheduled	\N	mtg_00000000002c	answer	2026-11-10 03:43:00+00	jason.47	0
45	Comité de compras · Chiriquí, noviembre	comite de compras · chiriqui, noviembre	2026-08-18 12:15:00+00	America/Panama	scheduled	\N	mtg_00000000002d	answer	2026-07-22 03:33:00+00	jorge.10	0
46	Reunión de coordinación: presupuesto	reunion de coordinacion: presupuesto	2025-05-30 09:15:00+00	America/Panama	scheduled	\N	mtg_00000000002e	answer	2025-05-28 21:18:00+00	joaquin.14	0
47	Reunión de seguimiento: proyecto Atlas	reunion de seguimiento: proyecto atlas	2026-06-27 10:00:00+00	Europe/Madrid	scheduled	\N	mtg_00000000002f	answer	2026-06-03 02:51:00+00	john.44	0
48	Auditoría interna: protección de datos	auditoria interna: proteccion de datos	2026-01-22 14:30:00+00	America/Panama	scheduled	\N	mtg_000000000030	answer	2026-01-18 01:25:00+00	luis.7	0
49	Reunión de coordinación, gastos de viaje octubre	reunion de coordinacion, gastos de viaje octubre	2024-08-15 13:30:00+00	America/Panama	scheduled	\N	mtg_000000000031	answer	2024-08-14 03:23:00+00	andres.3	0
50	Reunión de coordinación · ventas, octubre	reunion de coordinacion · ventas, octubre	2024-10-01 07:00:00+00	America/Panama	scheduled	\N	mtg_000000000032	answer	2024-09-15 11:07:00+00	diego.5	0
51	Reunión de seguimiento · seguridad informática, Q4	reunion de seguimiento · seguridad informatica, q4	2024-11-25 14:45:00+00	Europe/Madrid	scheduled	\N	mtg_000000000033	answer	2024-10-31 01:43:00+00	andres.16	0
52	Reunión de coordinación, gastos de viaje segunda vuelta	reunion de coordinacion, gastos de viaje segunda vuelta	2026-07-29 17:00:00+00	America/Mexico_City	scheduled	\N	mtg_000000000034	answer	2026-07-19 01:53:00+00	ana.56	0
53	Rendición de cuentas 87 – ventas	rendicion de cuentas 87 – ventas	2025-11-21 16:15:00+00	America/Panama	scheduled	\N	mtg_000000000035	answer	2025-11-11 03:55:00+00	andres.20	0
54	Weekly sync · Atlas, noviembre	weekly sync · atlas, noviembre	2026-05-27 09:30:00+00	America/Panama	scheduled	\N	mtg_000000000036	answer	2026-05-16 15:30:00+00	matias.52	0
55	Reunión de seguimiento 223 – gastos de viaje	reunion de seguimiento 223 – gastos de viaje	2025-01-22 17:00:00+00	America/Panama	scheduled	\N	mtg_000000000037	answer	2025-01-17 20:17:00+00	robert.24	0
56	Budget review, sales agosto	budget review, sales agosto	2027-09-21 10:30:00+00	America/Bogota	scheduled	\N	mtg_000000000038	answer	2026-11-21 17:45:00+00	carlos.15	0
57	Junta directiva, gastos de viaje Q4	junta directiva, gastos de viaje q4	2026-09-29 15:15:00+00	Europe/Madrid	scheduled	\N	mtg_000000000039	answer	2026-09-21 07:18:00+00	marta.25	0
58	Taller de planificación · gestión documental, primer semestre	taller de planificacion · gestion documental, primer semestre	2027-09-02 14:15:00+00	America/Panama	scheduled	\N	mtg_00000000003a	answer	2026-11-05 09:03:00+00	monica.34	0
59	Taller de planificación: equipo Ñandú	taller de planificacion: equipo nandu	2026-06-11 17:00:00+00	America/Panama	scheduled	\N	mtg_00000000003b	answer	2026-06-09 03:10:00+00	hector.29	0
60	Design review, compliance julio	design review, compliance julio	2024-11-01 17:00:00+00	America/Panama	scheduled	\N	mtg_00000000003c	answer	2024-10-23 22:01:00+00	maria.33	0
61	Project meeting 219 – logistics	project meeting 219 – logistics	2027-02-24 07:00:00+00	America/Panama	scheduled	\N	mtg_00000000003d	answer	2026-11-17 04:51:00+00	javier.50	0
62	Retrospective 72 – Atlas	retrospective 72 – atlas	2026-05-20 17:00:00+00	America/Panama	scheduled	\N	mtg_00000000003e	answer	2026-04-24 04:49:00+00	pedro.9	0
63	Sprint planning 102 – northern region	sprint planning 102 – northern region	2025-08-23 15:15:00+00	America/Bogota	scheduled	\N	mtg_00000000003f	answer	2025-08-20 01:23:00+00	miguel.39	0
64	Weekly sync, Panama office cierre anual	weekly sync, panama office cierre anual	2026-02-10 14:15:00+00	America/Panama	scheduled	\N	mtg_000000000040	answer	2026-01-24 12:42:00+00	jorge.38	0
65	Budget review, Zephyr migration Q4	budget review, zephyr migration q4	2025-04-04 07:30:00+00	America/Bogota	scheduled	\N	mtg_000000000041	answer	2025-03-25 14:28:00+00	jason.47	0
66	Project meeting 284 – logistics	project meeting 284 – logistics	2026-01-26 11:30:00+00	Europe/Madrid	scheduled	\N	mtg_000000000042	answer	2026-01-10 07:34:00+00	carmen.49	0
67	Budget review 66 – logistics	budget review 66 – logistics	2024-12-09 07:30:00+00	America/Bogota	scheduled	\N	mtg_000000000043	answer	2024-11-21 03:50:00+00	sergio.31	0
68	Presentación de resultados: Panamá	presentacion de resultados: panama	2027-01-06 17:00:00+00	America/Panama	scheduled	\N	mtg_000000000044	answer	2026-11-22 02:04:00+00	miguel.39	0
69	Training 155 – sales	training 155 – sales	2024-08-22 12:00:00+00	America/Panama	scheduled	\N	mtg_000000000045	answer	2024-08-21 13:44:00+00	maria.55	0
70	Interview, Atlas cierre anual	interview, atlas cierre anual	2025-04-27 14:30:00+00	America/Bogota	discarded	\N	\N	\N	2025-04-08 20:02:00+00	john.44	0
71	Rendición de cuentas, logística enero	rendicion de cuentas, logistica enero	2025-02-17 08:15:00+00	Europe/Madrid	scheduled	\N	mtg_000000000047	answer	2025-02-07 09:53:00+00	joaquin.41	0
72	Comité de riesgos · Panamá, marzo	comite de riesgos · panama, marzo	2027-07-29 18:15:00+00	America/Panama	scheduled	\N	mtg_000000000048	answer	2026-11-07 07:57:00+00	raul.59	0
73	Reunión de seguimiento, equipo Ñandú Q4	reunion de seguimiento, equipo nandu q4	2025-04-05 08:45:00+00	America/Mexico_City	scheduled	\N	mtg_000000000049	answer	2025-03-19 19:59:00+00	maria.53	0
74	Budget review 311 – payroll	budget review 311 – payroll	2024-07-14 09:15:00+00	Europe/Madrid	scheduled	\N	mtg_00000000004a	answer	2024-06-17 00:39:00+00	javier.50	0
75	Project meeting 138 – Atlas	project meeting 138 – atlas	2024-09-07 11:30:00+00	Europe/Madrid	scheduled	\N	mtg_00000000004b	answer	2024-09-01 01:52:00+00	joaquin.14	0
76	Revisión técnica, atención al cliente julio	revision tecnica, atencion al cliente julio	2025-10-05 11:45:00+00	America/Panama	scheduled	\N	mtg_00000000004c	answer	2025-09-07 20:52:00+00	lucia.22	0
77	Revisión técnica: equipo Ñandú	revision tecnica: equipo nandu	2027-09-13 15:15:00+00	Europe/Madrid	scheduled	\N	mtg_00000000004d	answer	2026-11-18 04:31:00+00	hector.29	0
78	Revisión técnica · equipo Ñandú, agosto	revision tecnica · equipo nandu, agosto	2027-03-20 12:45:00+00	America/Panama	scheduled	\N	mtg_00000000004e	answer	2026-11-25 04:06:00+00	john.44	0
79	Comité de compras, campaña de navidad cierre anual	comite de compras, campana de navidad cierre anual	2025-11-30 11:15:00+00	America/Panama	scheduled	\N	mtg_00000000004f	answer	2025-11-11 02:00:00+00	john.1	0
80	Reunión de seguimiento 362 – proyecto Atlas	reunion de seguimiento 362 – proyecto atlas	2024-10-22 16:30:00+00	America/Panama	scheduled	\N	mtg_000000000050	answer	2024-09-23 13:38:00+00	luis.11	0
81	Reunión de seguimiento 31 – gastos de viaje	reunion de seguimiento 31 – gastos de viaje	2024-08-08 07:45:00+00	Europe/Madrid	scheduled	\N	mtg_000000000051	answer	2024-07-27 14:04:00+00	jose.46	0
82	Reunión de seguimiento · contratación, marzo	reunion de seguimiento · contratacion, marzo	2026-07-17 18:45:00+00	Europe/Madrid	cancelled	\N	mtg_000000000052	answer	2026-07-11 10:06:00+00	maria.58	0
83	Interview · customer support, noviembre	interview · customer support, noviembre	2024-10-07 09:45:00+00	America/Bogota	scheduled	\N	mtg_000000000053	answer	2024-09-16 20:44:00+00	andres.20	0
84	Acompañamiento pedagógico · proyecto Atlas, segunda vuelta	acompanamiento pedagogico · proyecto atlas, segunda vuelta	2026-01-20 08:45:00+00	America/Bogota	scheduled	\N	mtg_000000000054	answer	2026-01-08 15:11:00+00	luis.30	0
85	Weekly sync 74 – security	weekly sync 74 – security	2024-07-15 14:00:00+00	America/Panama	cancelled	\N	mtg_000000000055	answer	2024-06-22 11:22:00+00	oscar.26	0
86	Comité de compras · presupuesto, primer semestre	comite de compras · presupuesto, primer semestre	2025-06-07 10:00:00+00	America/Panama	scheduled	\N	mtg_000000000056	answer	2025-05-11 01:56:00+00	maria.58	0
87	Inducción de personal · nómina, enero	induccion de personal · nomina, enero	2027-05-13 13:30:00+00	America/Bogota	scheduled	\N	mtg_000000000057	answer	2026-11-27 11:32:00+00	ramon.42	0
88	Rendición de cuentas · gastos de viaje, cierre anual	rendicion de cuentas · gastos de viaje, cierre anual	2026-07-04 07:30:00+00	America/Bogota	scheduled	\N	mtg_000000000058	answer	2026-06-26 20:56:00+00	ainhoa.48	0
89	Quarterly business review, northern region cierre anual	quarterly business review, northern region cierre anual	2024-10-16 11:30:00+00	America/Mexico_City	scheduled	\N	mtg_000000000059	answer	2024-10-11 13:53:00+00	matias.52	0
90	Taller de planificación: presupuesto	taller de planificacion: presupuesto	2027-09-06 14:15:00+00	America/Panama	scheduled	\N	mtg_00000000005a	answer	2026-11-06 04:51:00+00	john.1	0
91	Comité de compras, Bogotá Q1	comite de compras, bogota q1	2024-07-20 17:00:00+00	America/Bogota	scheduled	\N	mtg_00000000005b	answer	2024-07-03 00:24:00+00	ricardo.37	0
92	Reunión con proveedores 206 – transformación digital	reunion con proveedores 206 – transformacion digital	2024-09-30 12:00:00+00	America/Panama	scheduled	\N	mtg_00000000005c	answer	2024-09-06 22:54:00+00	lisa.21	0
93	Comité de compras · Bogotá, mayo	comite de compras · bogota, mayo	2026-09-04 14:15:00+00	America/Panama	scheduled	\N	mtg_00000000005d	answer	2026-08-06 18:37:00+00	luis.4	0
94	Reunión de seguimiento 332 – proyecto Atlas	reunion de seguimiento 332 – proyecto atlas	2024-10-14 16:30:00+00	Europe/Madrid	scheduled	\N	mtg_00000000005e	answer	2024-09-21 07:19:00+00	ashley.27	0
95	Onboarding: payroll	onboarding: payroll	2026-01-22 14:15:00+00	America/Bogota	scheduled	\N	mtg_00000000005f	answer	2025-12-25 20:02:00+00	mark.18	0
96	Inducción de personal 114 – proyecto Atlas	induccion de personal 114 – proyecto atlas	2027-07-06 13:00:00+00	America/Panama	scheduled	\N	mtg_000000000060	answer	2026-11-03 08:17:00+00	miguel.39	0
97	Project meeting · northern region, segunda vuelta	project meeting · northern region, segunda vuelta	2026-05-26 14:00:00+00	America/Panama	scheduled	\N	mtg_000000000061	answer	2026-04-26 15:36:00+00	ana.56	0
98	Reunión de seguimiento 72 – equipo Ñandú	reunion de seguimiento 72 – equipo nandu	2025-12-31 15:15:00+00	America/Bogota	scheduled	\N	mtg_000000000062	answer	2025-12-27 07:26:00+00	miguel.43	0
99	Comité de riesgos, nómina Q1	comite de riesgos, nomina q1	2027-08-28 09:15:00+00	Europe/Madrid	cancelled	\N	mtg_000000000063	answer	2026-11-10 23:32:00+00	andres.6	0
100	Reunión de coordinación, transformación digital noviembre	reunion de coordinacion, transformacion digital noviembre	2027-04-02 13:00:00+00	America/Panama	scheduled	\N	mtg_000000000064	answer	2026-11-09 19:00:00+00	jose.46	0
101	Reunión con proveedores 105 – licitación pública	reunion con proveedores 105 – licitacion publica	2024-07-04 07:15:00+00	America/Panama	cancelled	\N	mtg_000000000065	answer	2024-07-02 03:26:00+00	lisa.21	0
102	Taller de planificación 21 – equipo Ñandú	taller de planificacion 21 – equipo nandu	2026-06-02 14:00:00+00	America/Bogota	scheduled	\N	mtg_000000000066	answer	2026-06-02 02:40:00+00	matias.52	0
103	Weekly sync: logistics	weekly sync: logistics	2027-04-28 09:45:00+00	America/Bogota	scheduled	\N	mtg_000000000067	answer	2026-11-24 23:18:00+00	jason.47	0
104	Capacitación · atención al cliente, Q2	capacitacion · atencion al cliente, q2	2027-08-14 16:30:00+00	America/Panama	scheduled	\N	mtg_000000000068	answer	2026-11-25 03:33:00+00	maria.33	0
105	Presentación de resultados · transformación digital, cierre anual	presentacion de resultados · transformacion digital, cierre anual	2025-02-16 09:15:00+00	America/Bogota	scheduled	\N	mtg_000000000069	answer	2025-02-09 06:01:00+00	carol.36	0
106	Onboarding, logistics Q1	onboarding, logistics q1	2025-09-06 13:15:00+00	America/Bogota	scheduled	\N	mtg_00000000006a	answer	2025-08-11 00:50:00+00	james.54	0
107	Reunión de seguimiento, mantenimiento octubre	reunion de seguimiento, mantenimiento octubre	2025-11-11 14:45:00+00	America/Panama	scheduled	\N	mtg_00000000006b	answer	2025-11-08 13:00:00+00	james.54	0
108	Project meeting 195 – Atlas	project meeting 195 – atlas	2026-01-29 13:15:00+00	America/Panama	scheduled	\N	mtg_00000000006c	answer	2026-01-03 23:55:00+00	john.1	0
109	Onboarding, logistics octubre	onboarding, logistics octubre	2026-11-22 07:30:00+00	America/Bogota	scheduled	\N	mtg_00000000006d	answer	2026-11-09 14:37:00+00	matias.52	0
110	Entrevista · licitación pública, junio	entrevista · licitacion publica, junio	2025-08-30 18:30:00+00	America/Panama	scheduled	\N	mtg_00000000006e	answer	2025-08-12 07:58:00+00	javier.50	0
111	Onboarding 274 – data platform	onboarding 274 – data platform	2027-04-23 10:15:00+00	Europe/Madrid	scheduled	\N	mtg_00000000006f	answer	2026-11-24 06:55:00+00	jose.45	0
112	Budget review: travel policy	budget review: travel policy	2026-06-23 15:00:00+00	America/Panama	scheduled	\N	mtg_000000000070	answer	2026-06-10 02:39:00+00	carmen.49	0
113	Comité de riesgos, Panamá enero	comite de riesgos, panama enero	2027-01-16 10:45:00+00	America/Panama	scheduled	\N	mtg_000000000071	answer	2026-11-11 18:32:00+00	john.1	0
114	Junta directiva · canal de Panamá, cierre anual	junta directiva · canal de panama, cierre anual	2027-05-15 11:00:00+00	America/Bogota	scheduled	\N	mtg_000000000072	answer	2026-11-10 04:57:00+00	sofia.2	0
115	Customer call, Atlas agosto	customer call, atlas agosto	2024-12-14 12:30:00+00	America/Panama	scheduled	\N	mtg_000000000073	answer	2024-11-25 05:25:00+00	carmen.49	0
116	Presentación de resultados · presupuesto, Q4	presentacion de resultados · presupuesto, q4	2024-09-10 18:00:00+00	America/Panama	scheduled	\N	mtg_000000000074	answer	2024-08-16 07:18:00+00	ainhoa.28	0
117	Reunión de seguimiento · logística, mayo	reunion de seguimiento · logistica, mayo	2027-03-06 17:30:00+00	America/Panama	scheduled	\N	mtg_000000000075	answer	2026-11-08 00:41:00+00	lucia.22	0
118	Entrevista · canal de Panamá, Q3	entrevista · canal de panama, q3	2026-09-22 10:15:00+00	America/Bogota	scheduled	\N	mtg_000000000076	answer	2026-09-17 05:13:00+00	matias.52	0
119	Consejo académico, presupuesto Q3	consejo academico, presupuesto q3	2026-01-26 09:30:00+00	America/Panama	scheduled	\N	mtg_000000000077	answer	2026-01-01 00:32:00+00	john.44	0
120	Reunión de seguimiento, atención al cliente Q4	reunion de seguimiento, atencion al cliente q4	2027-06-30 12:00:00+00	America/Panama	scheduled	\N	mtg_000000000078	answer	2026-11-29 14:56:00+00	jason.47	0
121	Asamblea de socios, proyecto Atlas mayo	asamblea de socios, proyecto atlas mayo	2025-06-28 17:00:00+00	Europe/Madrid	scheduled	\N	mtg_000000000079	answer	2025-06-04 19:06:00+00	carlos.15	0
122	Revisión técnica, logística febrero	revision tecnica, logistica febrero	2027-03-22 13:45:00+00	America/Bogota	cancelled	\N	mtg_00000000007a	answer	2026-11-07 06:23:00+00	andres.3	0
123	Weekly sync, Atlas Q4	weekly sync, atlas q4	2026-07-15 07:00:00+00	Europe/Madrid	scheduled	\N	mtg_00000000007b	answer	2026-07-13 20:02:00+00	valentina.40	0
124	Quarterly business review, hiring marzo	quarterly business review, hiring marzo	2024-10-13 18:30:00+00	America/Bogota	scheduled	\N	mtg_00000000007c	answer	2024-09-28 16:23:00+00	ashley.27	0
125	Rendición de cuentas · proyecto Atlas, agosto	rendicion de cuentas · proyecto atlas, agosto	2026-12-16 18:00:00+00	America/Panama	scheduled	\N	mtg_00000000007d	answer	2026-11-26 02:56:00+00	maria.55	0
126	Comité de compras: campaña de navidad	comite de compras: campana de navidad	2025-11-14 17:15:00+00	America/Panama	scheduled	\N	mtg_00000000007e	answer	2025-11-10 09:32:00+00	andres.16	0
127	Junta directiva, proyecto Atlas marzo	junta directiva, proyecto atlas marzo	2025-03-15 15:00:00+00	America/Panama	scheduled	\N	mtg_00000000007f	answer	2025-02-18 13:39:00+00	jason.47	0
128	Consejo académico: transformación digital	consejo academico: transformacion digital	2024-10-08 13:15:00+00	America/Panama	scheduled	\N	mtg_000000000080	answer	2024-09-27 18:30:00+00	monica.34	0
129	Reunión con proveedores: seguridad informática	reunion con proveedores: seguridad informatica	2025-02-19 10:45:00+00	America/Panama	scheduled	\N	mtg_000000000081	answer	2025-02-02 11:20:00+00	jorge.10	0
130	Onboarding: Atlas	onboarding: atlas	2024-11-11 11:00:00+00	America/Panama	scheduled	\N	mtg_000000000082	answer	2024-11-03 00:39:00+00	john.1	0
131	Project meeting: data platform	project meeting: data platform	2025-04-18 14:45:00+00	America/Panama	scheduled	\N	mtg_000000000083	answer	2025-03-26 18:41:00+00	john.44	0
132	Reunión de coordinación 68 – transformación digital	reunion de coordinacion 68 – transformacion digital	2024-09-10 10:15:00+00	Europe/Madrid	scheduled	\N	mtg_000000000084	answer	2024-09-02 16:52:00+00	miguel.39	0
133	Reunión de seguimiento: ventas	reunion de seguimiento: ventas	2025-04-03 11:15:00+00	America/Panama	scheduled	\N	mtg_000000000085	answer	2025-03-16 23:21:00+00	luis.30	0
134	Weekly sync, payroll cierre anual	weekly sync, payroll cierre anual	2026-06-26 11:30:00+00	Europe/Madrid	scheduled	\N	mtg_000000000086	answer	2026-06-15 15:30:00+00	sergio.35	0
135	Rendición de cuentas 31 – Chiriquí	rendicion de cuentas 31 – chiriqui	2026-04-05 14:30:00+00	America/Panama	scheduled	\N	mtg_000000000087	answer	2026-03-13 16:18:00+00	valentina.40	0
136	Entrevista 87 – nómina	entrevista 87 – nomina	2025-04-03 11:45:00+00	America/Panama	scheduled	\N	mtg_000000000088	answer	2025-03-20 10:48:00+00	ramon.42	0
137	Comité de compras: protección de datos	comite de compras: proteccion de datos	2025-12-13 10:45:00+00	America/Panama	scheduled	\N	mtg_000000000089	answer	2025-12-12 12:50:00+00	sergio.31	0
138	Consejo académico: nómina	consejo academico: nomina	2027-09-04 12:15:00+00	America/Panama	scheduled	\N	mtg_00000000008a	answer	2026-11-23 18:44:00+00	carlos.15	0
139	Weekly sync 90 – data platform	weekly sync 90 – data platform	2026-10-09 07:30:00+00	America/Bogota	scheduled	\N	mtg_00000000008b	answer	2026-10-05 08:16:00+00	andres.20	0
140	Onboarding: Zephyr migration	onboarding: zephyr migration	2026-04-18 09:30:00+00	America/Panama	scheduled	\N	mtg_00000000008c	answer	2026-04-14 03:26:00+00	john.1	0
141	Asamblea de la cuenca	asamblea de la cuenca	2026-12-07 10:00:00+00	UTC	scheduled	\N	mtg82eafb3d0b00bce0	answer	2026-11-30 20:22:10.433238+00	anonymous	2
142	Título rechazado	titulo rechazado	2026-12-07 10:00:00+00	UTC	refused	\N	\N	\N	2026-11-30 20:22:18.191865+00	anonymous	0
143	Reunión incierta	reunion incierta	2026-12-07 10:00:00+00	UTC	unknown	\N	\N	\N	2026-11-30 20:22:20.022609+00	anonymous	0
144	Reunión descartada	reunion descartada	2026-12-07 10:00:00+00	UTC	discarded	\N	\N	\N	2026-11-30 20:22:21.25943+00	anonymous	0
145	Reunión adoptada	reunion adoptada	2026-12-07 10:00:00+00	UTC	scheduled	\N	mtg-typed	typed	2026-11-30 20:22:22.904788+00	anonymous	0
146	Reunión cancelada	reunion cancelada	2026-12-07 10:00:00+00	UTC	cancelled	\N	mtg02abd32b63a59b3f	answer	2026-11-30 20:22:25.776339+00	anonymous	0
147	Cancelación incierta	cancelacion incierta	2026-12-07 10:00:00+00	UTC	cancelled	\N	mtg7c7cd0cfe80df51a	answer	2026-11-30 20:22:27.604539+00	anonymous	0
148	Lista borrador	lista borrador	2026-12-02 20:22:28+00	UTC	scheduled	\N	mtg-list-0	\N	2026-11-30 20:22:28.670154+00	anonymous	0
149	Lista en curso	lista en curso	2026-12-02 21:22:28+00	UTC	scheduled	\N	mtg-list-1	\N	2026-11-30 20:22:28.671715+00	anonymous	0
150	Lista pausada	lista pausada	2026-12-02 22:22:28+00	UTC	scheduled	\N	mtg-list-2	\N	2026-11-30 20:22:28.674297+00	anonymous	0
151	Lista detenida	lista detenida	2026-12-02 23:22:28+00	UTC	scheduled	\N	mtg-list-3	\N	2026-11-30 20:22:28.675756+00	anonymous	0
152	Estado sending	estado sending	2026-12-03 20:22:29+00	UTC	sending	\N	\N	\N	2026-11-30 20:22:29.583638+00	anonymous	0
153	Estado scheduled	estado scheduled	2026-12-03 20:22:29+00	UTC	scheduled	\N	\N	\N	2026-11-30 20:22:29.583645+00	anonymous	0
154	Estado cancelled	estado cancelled	2026-12-03 20:22:29+00	UTC	cancelled	\N	\N	\N	2026-11-30 20:22:29.583647+00	anonymous	0
155	Estado refused	estado refused	2026-12-03 20:22:29+00	UTC	refused	\N	\N	\N	2026-11-30 20:22:29.583648+00	anonymous	0
156	Estado not_sent	estado not_sent	2026-12-03 20:22:29+00	UTC	not_sent	\N	\N	\N	2026-11-30 20:22:29.58365+00	anonymous	0
157	Estado unknown	estado unknown	2026-12-03 20:22:29+00	UTC	unknown	\N	\N	\N	2026-11-30 20:22:29.583651+00	anonymous	0
158	Estado discarded	estado discarded	2026-12-03 20:22:29+00	UTC	discarded	\N	\N	\N	2026-11-30 20:22:29.583653+00	anonymous	0
159	Cancelación sending	cancelacion sending	2026-12-03 20:22:29+00	UTC	scheduled	sending	\N	\N	2026-11-30 20:22:29.583654+00	anonymous	0
160	Cancelación unknown	cancelacion unknown	2026-12-03 20:22:29+00	UTC	scheduled	unknown	\N	\N	2026-11-30 20:22:29.583656+00	anonymous	0
161	Cancelación not_sent	cancelacion not_sent	2026-12-03 20:22:29+00	UTC	scheduled	not_sent	\N	\N	2026-11-30 20:22:29.583657+00	anonymous	0
162	Todos los estados	todos los estados	2026-12-04 20:22:29+00	UTC	scheduled	\N	\N	\N	2026-11-30 20:22:29.583658+00	anonymous	3
\.


--
-- Data for Name: pace; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.pace (id, calls, seconds, announced, inferred_at, blocked_until, probing_since, outages, strikes) FROM stdin;
1	30	9.5	10	2026-11-30 20:22:30.031723+00	2026-11-30 20:21:30.031725+00	2026-11-30 20:22:00.031725+00	2	1
\.


--
-- Data for Name: participants; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.participants (id, meeting_id, role, name, email, email_key, mailed, maybe_mailed, external_id, folded, state, public_participant_id, token_sealed, created_at, created_by, changed_at, list_id, claimed_by, claimed_until) FROM stdin;
1	1	host	Ramón Alonso Ruiz	ramon.ruiz42@aula.example.org	ramon.ruiz42@aula.example.org	t	f	\N	ramon alonso ruiz ramon.ruiz42@aula.example.org	added	prt_000000000001	\N	2024-10-01 17:26:00+00	maria.19	2024-10-01 17:26:00+00	\N	\N	\N
2	1	participant	Kevin Harris	kevin.harris1@correo.example	kevin.harris1@correo.example	t	f	\N	kevin harris kevin.harris1@correo.example	added	prt_000000000002	\N	2024-10-01 17:26:00+00	maria.19	2024-10-01 17:26:00+00	\N	\N	\N
3	2	host	José Merino Domínguez	\N	\N	f	f	\N	jose merino dominguez	added	prt_000000000003	\N	2024-08-12 13:47:00+00	luis.11	2024-08-12 13:47:00+00	\N	\N	\N
4	2	participant	Ana García Fernández	ana.fernandez3@example.com	ana.fernandez3@example.com	t	f	\N	ana garcia fernandez ana.fernandez3@example.com	added	prt_000000000004	\N	2024-08-12 13:47:00+00	luis.11	2024-08-12 13:47:00+00	\N	\N	\N
5	3	host	Ana Vázquez López	ana.lopez57@convoca.example	ana.lopez57@convoca.example	t	f	\N	ana vazquez lopez ana.lopez57@convoca.example	added	prt_000000000005	\N	2026-11-17 01:37:00+00	maria.19	2026-11-17 01:37:00+00	\N	\N	\N
6	3	participant	Sofía Ruiz Aguilar	sofia.aguilar5@universidad.example	sofia.aguilar5@universidad.example	t	f	\N	sofia ruiz aguilar sofia.aguilar5@universidad.example	added	prt_000000000006	\N	2026-11-17 01:37:00+00	maria.19	2026-11-17 01:37:00+00	\N	\N	\N
7	4	host	John Smith	\N	\N	f	f	\N	john smith	added	prt_000000000007	\N	2025-02-24 07:01:00+00	miguel.43	2025-02-24 07:01:00+00	\N	\N	\N
8	4	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_000000000008	\N	2025-02-24 07:01:00+00	miguel.43	2025-02-24 07:01:00+00	\N	\N	\N
9	5	host	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_000000000009	\N	2024-10-05 05:11:00+00	sergio.31	2024-10-05 05:11:00+00	\N	\N	\N
10	5	participant	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_00000000000a	\N	2024-10-05 05:11:00+00	sergio.31	2024-10-05 05:11:00+00	\N	\N	\N
11	6	host	Carol Williams	carol.williams36@ventas.convoca.example	carol.williams36@ventas.convoca.example	t	f	\N	carol williams carol.williams36@ventas.convoca.example	added	prt_00000000000b	\N	2025-06-27 00:58:00+00	hector.29	2025-06-27 00:58:00+00	\N	\N	\N
12	6	participant	Miguel Rubio Alonso	miguel.alonso39@convoca.example	miguel.alonso39@convoca.example	t	f	\N	miguel rubio alonso miguel.alonso39@convoca.example	added	prt_00000000000c	\N	2025-06-27 00:58:00+00	hector.29	2025-06-27 00:58:00+00	\N	\N	\N
13	7	host	Diego Alonso Hernández	diego.hernandez5@aula.example.org	diego.hernandez5@aula.example.org	t	f	\N	diego alonso hernandez diego.hernandez5@aula.example.org	added	prt_00000000000d	\N	2025-12-28 09:22:00+00	sergio.31	2025-12-28 09:22:00+00	\N	\N	\N
14	7	participant	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_00000000000e	\N	2025-12-28 09:22:00+00	sergio.31	2025-12-28 09:22:00+00	\N	\N	\N
15	8	host	Matías Moreno Ruiz	matias.ruiz52@ventas.convoca.example	matias.ruiz52@ventas.convoca.example	t	f	\N	matias moreno ruiz matias.ruiz52@ventas.convoca.example	added	prt_00000000000f	\N	2025-07-22 20:53:00+00	hector.29	2025-07-22 20:53:00+00	\N	\N	\N
16	8	participant	Juan Carmen Ruiz Peña	\N	\N	f	f	\N	juan carmen ruiz pena	added	prt_000000000010	\N	2025-07-22 20:53:00+00	hector.29	2025-07-22 20:53:00+00	\N	\N	\N
17	9	host	José García Fernández	jose.fernandez45@convoca.example	jose.fernandez45@convoca.example	t	f	\N	jose garcia fernandez jose.fernandez45@convoca.example	added	prt_000000000011	\N	2026-04-07 12:31:00+00	ainhoa.28	2026-04-07 12:31:00+00	\N	\N	\N
18	9	participant	Ángel García Pérez	\N	\N	f	f	\N	angel garcia perez	added	prt_000000000012	\N	2026-04-07 12:31:00+00	ainhoa.28	2026-04-07 12:31:00+00	\N	\N	\N
19	10	host	Ashley Williams	ashley.williams27@aula.example.org	ashley.williams27@aula.example.org	t	f	\N	ashley williams ashley.williams27@aula.example.org	added	prt_000000000013	\N	2025-10-16 14:46:00+00	james.54	2025-10-16 14:46:00+00	\N	\N	\N
20	10	participant	Ana José García González	ana.gonzalez56@ventas.convoca.example	ana.gonzalez56@ventas.convoca.example	t	f	\N	ana jose garcia gonzalez ana.gonzalez56@ventas.convoca.example	added	prt_000000000014	\N	2025-10-16 14:46:00+00	james.54	2025-10-16 14:46:00+00	\N	\N	\N
21	11	host	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	added	prt_000000000015	\N	2026-09-04 14:21:00+00	marta.25	2026-09-04 14:21:00+00	\N	\N	\N
22	11	participant	Sergio Rodríguez Ortega	sergio.ortega35@convoca.example	sergio.ortega35@convoca.example	t	f	\N	sergio rodriguez ortega sergio.ortega35@convoca.example	added	prt_000000000016	\N	2026-09-04 14:21:00+00	marta.25	2026-09-04 14:21:00+00	\N	\N	\N
23	12	host	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_000000000017	\N	2026-01-25 05:46:00+00	mark.18	2026-01-25 05:46:00+00	\N	\N	\N
24	12	participant	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_000000000018	\N	2026-01-25 05:46:00+00	mark.18	2026-01-25 05:46:00+00	\N	\N	\N
25	13	host	Carol Williams	carol.williams36@ventas.convoca.example	carol.williams36@ventas.convoca.example	t	f	\N	carol williams carol.williams36@ventas.convoca.example	added	prt_000000000019	\N	2025-10-17 09:27:00+00	joaquin.14	2025-10-17 09:27:00+00	\N	\N	\N
26	13	participant	Juan Óscar López Rodríguez	juan.rodriguez51@ventas.convoca.example	juan.rodriguez51@ventas.convoca.example	t	f	\N	juan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example	added	prt_00000000001a	\N	2025-10-17 09:27:00+00	joaquin.14	2025-10-17 09:27:00+00	\N	\N	\N
27	14	host	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_00000000001b	\N	2024-10-05 23:38:00+00	maria.55	2024-10-05 23:38:00+00	\N	\N	\N
28	14	participant	Verónica Íñigo Pérez Domínguez	veronica.dominguez27@despacho.example	veronica.dominguez27@despacho.example	t	f	\N	veronica inigo perez dominguez veronica.dominguez27@despacho.example	added	prt_00000000001c	\N	2024-10-05 23:38:00+00	maria.55	2024-10-05 23:38:00+00	\N	\N	\N
29	15	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_00000000001d	\N	2024-10-16 12:42:00+00	john.1	2024-10-16 12:42:00+00	\N	\N	\N
30	15	participant	Germán Mónica Serrano Cano	\N	\N	f	f	\N	german monica serrano cano	added	prt_00000000001e	\N	2024-10-16 12:42:00+00	john.1	2024-10-16 12:42:00+00	\N	\N	\N
31	16	host	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_00000000001f	\N	2026-11-10 02:13:00+00	sofia.8	2026-11-10 02:13:00+00	\N	\N	\N
32	16	participant	Juan García Moreno	juan.moreno31@despacho.example	juan.moreno31@despacho.example	t	f	\N	juan garcia moreno juan.moreno31@despacho.example	added	prt_000000000020	\N	2026-11-10 02:13:00+00	sofia.8	2026-11-10 02:13:00+00	\N	\N	\N
33	17	host	Joaquín Flores López	joaquin.lopez14@ventas.convoca.example	joaquin.lopez14@ventas.convoca.example	t	f	\N	joaquin flores lopez joaquin.lopez14@ventas.convoca.example	added	prt_000000000021	\N	2025-06-16 03:53:00+00	carlos.15	2025-06-16 03:53:00+00	\N	\N	\N
34	17	participant	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_000000000022	\N	2025-06-16 03:53:00+00	carlos.15	2025-06-16 03:53:00+00	\N	\N	\N
35	18	host	Joaquín Flores López	joaquin.lopez14@ventas.convoca.example	joaquin.lopez14@ventas.convoca.example	t	f	\N	joaquin flores lopez joaquin.lopez14@ventas.convoca.example	added	prt_000000000023	\N	2024-10-06 20:50:00+00	jose.45	2024-10-06 20:50:00+00	\N	\N	\N
36	18	participant	Héctor Espinosa Sánchez	\N	\N	f	f	\N	hector espinosa sanchez	added	prt_000000000024	\N	2024-10-06 20:50:00+00	jose.45	2024-10-06 20:50:00+00	\N	\N	\N
37	19	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_000000000025	\N	2024-09-30 00:37:00+00	andres.6	2024-09-30 00:37:00+00	\N	\N	\N
38	19	participant	Óscar Fernández Iglesias	oscar.iglesias26@convoca.example	oscar.iglesias26@convoca.example	t	f	\N	oscar fernandez iglesias oscar.iglesias26@convoca.example	added	prt_000000000026	\N	2024-09-30 00:37:00+00	andres.6	2024-09-30 00:37:00+00	\N	\N	\N
39	21	host	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_000000000027	\N	2024-06-05 14:38:00+00	sofia.2	2024-06-05 14:38:00+00	\N	\N	\N
40	21	participant	Carmen Garrido Martín	carmen.martin39@example.com	carmen.martin39@example.com	t	f	\N	carmen garrido martin carmen.martin39@example.com	added	prt_000000000028	\N	2024-06-05 14:38:00+00	sofia.2	2024-06-05 14:38:00+00	\N	\N	\N
41	22	host	Andrés Ana Muñoz Rodríguez	andres.rodriguez3@ventas.convoca.example	andres.rodriguez3@ventas.convoca.example	t	f	\N	andres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example	added	prt_000000000029	\N	2025-10-15 06:53:00+00	ainhoa.28	2025-10-15 06:53:00+00	\N	\N	\N
42	22	participant	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_00000000002a	\N	2025-10-15 06:53:00+00	ainhoa.28	2025-10-15 06:53:00+00	\N	\N	\N
43	23	host	Luis Etxeberria Alonso	luis.alonso30@convoca.example	luis.alonso30@convoca.example	t	f	\N	luis etxeberria alonso luis.alonso30@convoca.example	added	prt_00000000002b	\N	2026-03-09 22:25:00+00	jorge.38	2026-03-09 22:25:00+00	\N	\N	\N
44	23	participant	Jorge Medina Vidal	jorge.vidal43@despacho.example	jorge.vidal43@despacho.example	t	f	\N	jorge medina vidal jorge.vidal43@despacho.example	added	prt_00000000002c	\N	2026-03-09 22:25:00+00	jorge.38	2026-03-09 22:25:00+00	\N	\N	\N
45	24	host	Luis González Romero	luis.romero4@aula.example.org	luis.romero4@aula.example.org	t	f	\N	luis gonzalez romero luis.romero4@aula.example.org	added	prt_00000000002d	\N	2026-11-02 21:20:00+00	raul.59	2026-11-02 21:20:00+00	\N	\N	\N
46	24	participant	Óscar Fernández Iglesias	oscar.iglesias26@convoca.example	oscar.iglesias26@convoca.example	t	f	\N	oscar fernandez iglesias oscar.iglesias26@convoca.example	added	prt_00000000002e	\N	2026-11-02 21:20:00+00	raul.59	2026-11-02 21:20:00+00	\N	\N	\N
47	25	host	Héctor Espinosa Sánchez	\N	\N	f	f	\N	hector espinosa sanchez	added	prt_00000000002f	\N	2024-11-28 00:56:00+00	monica.34	2024-11-28 00:56:00+00	\N	\N	\N
48	25	participant	Isabel Cano Ramos	isabel.ramos47@example.com	isabel.ramos47@example.com	t	f	\N	isabel cano ramos isabel.ramos47@example.com	added	prt_000000000030	\N	2024-11-28 00:56:00+00	monica.34	2024-11-28 00:56:00+00	\N	\N	\N
49	26	host	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_000000000031	\N	2025-03-28 03:52:00+00	jose.17	2025-03-28 03:52:00+00	\N	\N	\N
50	26	participant	María Wenceslao García Romero	maria.romero33@ventas.convoca.example	maria.romero33@ventas.convoca.example	t	f	\N	maria wenceslao garcia romero maria.romero33@ventas.convoca.example	added	prt_000000000032	\N	2025-03-28 03:52:00+00	jose.17	2025-03-28 03:52:00+00	\N	\N	\N
51	27	host	María González Rodríguez	maria.rodriguez12@convoca.example	maria.rodriguez12@convoca.example	t	f	\N	maria gonzalez rodriguez maria.rodriguez12@convoca.example	added	prt_000000000033	\N	2024-08-23 21:08:00+00	joaquin.41	2024-08-23 21:08:00+00	\N	\N	\N
52	27	participant	Raúl Hernández Guerrero	raul.guerrero59@ventas.convoca.example	raul.guerrero59@ventas.convoca.example	t	f	\N	raul hernandez guerrero raul.guerrero59@ventas.convoca.example	added	prt_000000000034	\N	2024-08-23 21:08:00+00	joaquin.41	2024-08-23 21:08:00+00	\N	\N	\N
53	28	host	Sofía Rodríguez Fernández	sofia.fernandez2@aula.example.org	sofia.fernandez2@aula.example.org	t	f	\N	sofia rodriguez fernandez sofia.fernandez2@aula.example.org	added	prt_000000000035	\N	2026-05-28 17:21:00+00	luis.11	2026-05-28 17:21:00+00	\N	\N	\N
54	28	participant	Marta García Martínez	marta.martinez53@mail.example	marta.martinez53@mail.example	t	f	\N	marta garcia martinez marta.martinez53@mail.example	added	prt_000000000036	\N	2026-05-28 17:21:00+00	luis.11	2026-05-28 17:21:00+00	\N	\N	\N
55	29	host	Mark Nelson	mark.nelson18@aula.example.org	mark.nelson18@aula.example.org	t	f	\N	mark nelson mark.nelson18@aula.example.org	added	prt_000000000037	\N	2026-10-31 21:51:00+00	sofia.2	2026-10-31 21:51:00+00	\N	\N	\N
56	29	participant	Ramón Alonso Ruiz	ramon.ruiz42@aula.example.org	ramon.ruiz42@aula.example.org	t	f	\N	ramon alonso ruiz ramon.ruiz42@aula.example.org	added	prt_000000000038	\N	2026-10-31 21:51:00+00	sofia.2	2026-10-31 21:51:00+00	\N	\N	\N
57	30	host	Ana Vázquez López	ana.lopez57@convoca.example	ana.lopez57@convoca.example	t	f	\N	ana vazquez lopez ana.lopez57@convoca.example	added	prt_000000000039	\N	2026-06-19 17:52:00+00	maria.19	2026-06-19 17:52:00+00	\N	\N	\N
58	30	participant	José Elena Sánchez Marín	\N	\N	f	f	\N	jose elena sanchez marin	added	prt_00000000003a	\N	2026-06-19 17:52:00+00	maria.19	2026-06-19 17:52:00+00	\N	\N	\N
59	31	host	Javier García Etxeberria	javier.etxeberria50@convoca.example	javier.etxeberria50@convoca.example	t	f	\N	javier garcia etxeberria javier.etxeberria50@convoca.example	added	prt_00000000003b	\N	2025-05-02 19:37:00+00	maria.58	2025-05-02 19:37:00+00	\N	\N	\N
60	31	participant	Juan Óscar López Rodríguez	juan.rodriguez51@ventas.convoca.example	juan.rodriguez51@ventas.convoca.example	t	f	\N	juan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example	added	prt_00000000003c	\N	2025-05-02 19:37:00+00	maria.58	2025-05-02 19:37:00+00	\N	\N	\N
61	32	host	Sofía Rodríguez Fernández	sofia.fernandez2@aula.example.org	sofia.fernandez2@aula.example.org	t	f	\N	sofia rodriguez fernandez sofia.fernandez2@aula.example.org	added	prt_00000000003d	\N	2025-04-27 14:27:00+00	sofia.2	2025-04-27 14:27:00+00	\N	\N	\N
62	32	participant	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_00000000003e	\N	2025-04-27 14:27:00+00	sofia.2	2025-04-27 14:27:00+00	\N	\N	\N
63	33	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_00000000003f	\N	2024-08-15 23:24:00+00	robert.24	2024-08-15 23:24:00+00	\N	\N	\N
287	149	participant	Persona 5	p5@example.org	p5@example.org	t	f	\N	persona 5 p5@example.org	queued	\N	\N	2026-11-30 20:22:28.735536+00	anonymous	2026-11-30 20:22:28.735536+00	2	\N	\N
64	33	participant	Joaquín Ana García Rodríguez	joaquin.rodriguez41@ventas.convoca.example	joaquin.rodriguez41@ventas.convoca.example	t	f	\N	joaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example	added	prt_000000000040	\N	2024-08-15 23:24:00+00	robert.24	2024-08-15 23:24:00+00	\N	\N	\N
65	34	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_000000000041	\N	2026-11-19 07:03:00+00	ashley.27	2026-11-19 07:03:00+00	\N	\N	\N
66	34	participant	Marta Verónica Díaz Aguilar	marta.aguilar25@ventas.convoca.example	marta.aguilar25@ventas.convoca.example	t	f	\N	marta veronica diaz aguilar marta.aguilar25@ventas.convoca.example	added	prt_000000000042	\N	2026-11-19 07:03:00+00	ashley.27	2026-11-19 07:03:00+00	\N	\N	\N
67	35	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_000000000043	\N	2025-02-20 01:35:00+00	carmen.23	2025-02-20 01:35:00+00	\N	\N	\N
68	35	participant	Óscar María Alonso Gil	oscar.gil67@example.com	oscar.gil67@example.com	t	f	\N	oscar maria alonso gil oscar.gil67@example.com	added	prt_000000000044	\N	2025-02-20 01:35:00+00	carmen.23	2025-02-20 01:35:00+00	\N	\N	\N
69	36	host	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_000000000045	\N	2025-10-27 15:47:00+00	juan.51	2025-10-27 15:47:00+00	\N	\N	\N
70	36	participant	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_000000000046	\N	2025-10-27 15:47:00+00	juan.51	2025-10-27 15:47:00+00	\N	\N	\N
71	37	host	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_000000000047	\N	2026-08-19 10:12:00+00	ricardo.37	2026-08-19 10:12:00+00	\N	\N	\N
72	37	participant	Javier García Etxeberria	javier.etxeberria50@convoca.example	javier.etxeberria50@convoca.example	t	f	\N	javier garcia etxeberria javier.etxeberria50@convoca.example	added	prt_000000000048	\N	2026-08-19 10:12:00+00	ricardo.37	2026-08-19 10:12:00+00	\N	\N	\N
73	38	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_000000000049	\N	2026-11-12 01:23:00+00	valentina.40	2026-11-12 01:23:00+00	\N	\N	\N
74	38	participant	Carol Williams	carol.williams36@ventas.convoca.example	carol.williams36@ventas.convoca.example	t	f	\N	carol williams carol.williams36@ventas.convoca.example	added	prt_00000000004a	\N	2026-11-12 01:23:00+00	valentina.40	2026-11-12 01:23:00+00	\N	\N	\N
75	39	host	Ashley Williams	ashley.williams27@aula.example.org	ashley.williams27@aula.example.org	t	f	\N	ashley williams ashley.williams27@aula.example.org	added	prt_00000000004b	\N	2026-11-15 18:31:00+00	ainhoa.28	2026-11-15 18:31:00+00	\N	\N	\N
76	39	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_00000000004c	\N	2026-11-15 18:31:00+00	ainhoa.28	2026-11-15 18:31:00+00	\N	\N	\N
77	40	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_00000000004d	\N	2026-11-16 04:15:00+00	andres.3	2026-11-16 04:15:00+00	\N	\N	\N
78	40	participant	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_00000000004e	\N	2026-11-16 04:15:00+00	andres.3	2026-11-16 04:15:00+00	\N	\N	\N
79	41	host	José García Moreno	jose.moreno0@ventas.convoca.example	jose.moreno0@ventas.convoca.example	t	f	\N	jose garcia moreno jose.moreno0@ventas.convoca.example	added	prt_00000000004f	\N	2024-10-15 02:58:00+00	maria.53	2024-10-15 02:58:00+00	\N	\N	\N
80	41	participant	Andrés Ana Muñoz Rodríguez	andres.rodriguez3@ventas.convoca.example	andres.rodriguez3@ventas.convoca.example	t	f	\N	andres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example	added	prt_000000000050	\N	2024-10-15 02:58:00+00	maria.53	2024-10-15 02:58:00+00	\N	\N	\N
81	42	host	Carmen Carmen Martínez Jiménez	\N	\N	f	f	\N	carmen carmen martinez jimenez	added	prt_000000000051	\N	2024-06-10 12:18:00+00	lucia.22	2024-06-10 12:18:00+00	\N	\N	\N
82	42	participant	María De la Guardia Ruiz	maria.ruiz58@convoca.example	maria.ruiz58@convoca.example	t	f	\N	maria de la guardia ruiz maria.ruiz58@convoca.example	added	prt_000000000052	\N	2024-06-10 12:18:00+00	lucia.22	2024-06-10 12:18:00+00	\N	\N	\N
83	43	host	James Adams	james.adams54@convoca.example	james.adams54@convoca.example	t	f	\N	james adams james.adams54@convoca.example	added	prt_000000000053	\N	2024-09-23 00:02:00+00	ramon.42	2024-09-23 00:02:00+00	\N	\N	\N
84	43	participant	Ramón Fernando González Zubizarreta	ramon.zubizarreta83@correo.example	ramon.zubizarreta83@correo.example	t	f	\N	ramon fernando gonzalez zubizarreta ramon.zubizarreta83@correo.example	added	prt_000000000054	\N	2024-09-23 00:02:00+00	ramon.42	2024-09-23 00:02:00+00	\N	\N	\N
85	44	host	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_000000000055	\N	2026-11-10 03:43:00+00	jason.47	2026-11-10 03:43:00+00	\N	\N	\N
86	44	participant	Ana Vázquez López	ana.lopez57@convoca.example	ana.lopez57@convoca.example	t	f	\N	ana vazquez lopez ana.lopez57@convoca.example	added	prt_000000000056	\N	2026-11-10 03:43:00+00	jason.47	2026-11-10 03:43:00+00	\N	\N	\N
87	45	host	José García Moreno	jose.moreno0@ventas.convoca.example	jose.moreno0@ventas.convoca.example	t	f	\N	jose garcia moreno jose.moreno0@ventas.convoca.example	added	prt_000000000057	\N	2026-07-22 03:33:00+00	jorge.10	2026-07-22 03:33:00+00	\N	\N	\N
88	45	participant	James Adams	james.adams54@convoca.example	james.adams54@convoca.example	t	f	\N	james adams james.adams54@convoca.example	added	prt_000000000058	\N	2026-07-22 03:33:00+00	jorge.10	2026-07-22 03:33:00+00	\N	\N	\N
89	46	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_000000000059	\N	2025-05-28 21:18:00+00	joaquin.14	2025-05-28 21:18:00+00	\N	\N	\N
90	46	participant	John Thomas	john.thomas44@convoca.example	john.thomas44@convoca.example	t	f	\N	john thomas john.thomas44@convoca.example	added	prt_00000000005a	\N	2025-05-28 21:18:00+00	joaquin.14	2025-05-28 21:18:00+00	\N	\N	\N
91	47	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_00000000005b	\N	2026-06-03 02:51:00+00	john.44	2026-06-03 02:51:00+00	\N	\N	\N
92	47	participant	José García Fernández	jose.fernandez45@convoca.example	jose.fernandez45@convoca.example	t	f	\N	jose garcia fernandez jose.fernandez45@convoca.example	added	prt_00000000005c	\N	2026-06-03 02:51:00+00	john.44	2026-06-03 02:51:00+00	\N	\N	\N
93	48	host	John Smith	\N	\N	f	f	\N	john smith	added	prt_00000000005d	\N	2026-01-18 01:25:00+00	luis.7	2026-01-18 01:25:00+00	\N	\N	\N
94	48	participant	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_00000000005e	\N	2026-01-18 01:25:00+00	luis.7	2026-01-18 01:25:00+00	\N	\N	\N
95	49	host	Mónica Ramos Sánchez	monica.sanchez34@aula.example.org	monica.sanchez34@aula.example.org	t	f	\N	monica ramos sanchez monica.sanchez34@aula.example.org	added	prt_00000000005f	\N	2024-08-14 03:23:00+00	andres.3	2024-08-14 03:23:00+00	\N	\N	\N
96	49	participant	Carol Williams	carol.williams36@ventas.convoca.example	carol.williams36@ventas.convoca.example	t	f	\N	carol williams carol.williams36@ventas.convoca.example	added	prt_000000000060	\N	2024-08-14 03:23:00+00	andres.3	2024-08-14 03:23:00+00	\N	\N	\N
97	50	host	Sergio Fernando Aguilar Núñez	sergio.nunez31@convoca.example	sergio.nunez31@convoca.example	t	f	\N	sergio fernando aguilar nunez sergio.nunez31@convoca.example	added	prt_000000000061	\N	2024-09-15 11:07:00+00	diego.5	2024-09-15 11:07:00+00	\N	\N	\N
98	50	participant	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_000000000062	\N	2024-09-15 11:07:00+00	diego.5	2024-09-15 11:07:00+00	\N	\N	\N
99	51	host	Marta Verónica Díaz Aguilar	marta.aguilar25@ventas.convoca.example	marta.aguilar25@ventas.convoca.example	t	f	\N	marta veronica diaz aguilar marta.aguilar25@ventas.convoca.example	added	prt_000000000063	\N	2024-10-31 01:43:00+00	andres.16	2024-10-31 01:43:00+00	\N	\N	\N
100	51	participant	Ana Vázquez López	ana.lopez57@convoca.example	ana.lopez57@convoca.example	t	f	\N	ana vazquez lopez ana.lopez57@convoca.example	added	prt_000000000064	\N	2024-10-31 01:43:00+00	andres.16	2024-10-31 01:43:00+00	\N	\N	\N
101	52	host	Jorge Carrasco Gómez	jorge.gomez38@aula.example.org	jorge.gomez38@aula.example.org	t	f	\N	jorge carrasco gomez jorge.gomez38@aula.example.org	added	prt_000000000065	\N	2026-07-19 01:53:00+00	ana.56	2026-07-19 01:53:00+00	\N	\N	\N
102	52	participant	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_000000000066	\N	2026-07-19 01:53:00+00	ana.56	2026-07-19 01:53:00+00	\N	\N	\N
103	53	host	María González Rodríguez	maria.rodriguez12@convoca.example	maria.rodriguez12@convoca.example	t	f	\N	maria gonzalez rodriguez maria.rodriguez12@convoca.example	added	prt_000000000067	\N	2025-11-11 03:55:00+00	andres.20	2025-11-11 03:55:00+00	\N	\N	\N
104	53	participant	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_000000000068	\N	2025-11-11 03:55:00+00	andres.20	2025-11-11 03:55:00+00	\N	\N	\N
105	54	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_000000000069	\N	2026-05-16 15:30:00+00	matias.52	2026-05-16 15:30:00+00	\N	\N	\N
106	54	participant	Jorge Rojas Jiménez	\N	\N	f	f	\N	jorge rojas jimenez	added	prt_00000000006a	\N	2026-05-16 15:30:00+00	matias.52	2026-05-16 15:30:00+00	\N	\N	\N
107	55	host	James Adams	james.adams54@convoca.example	james.adams54@convoca.example	t	f	\N	james adams james.adams54@convoca.example	added	prt_00000000006b	\N	2025-01-17 20:17:00+00	robert.24	2025-01-17 20:17:00+00	\N	\N	\N
108	55	participant	Rafael Navarro Jiménez	rafael.jimenez107@example.net	rafael.jimenez107@example.net	t	f	\N	rafael navarro jimenez rafael.jimenez107@example.net	added	prt_00000000006c	\N	2025-01-17 20:17:00+00	robert.24	2025-01-17 20:17:00+00	\N	\N	\N
109	56	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_00000000006d	\N	2026-11-21 17:45:00+00	carlos.15	2026-11-21 17:45:00+00	\N	\N	\N
110	56	participant	John Thomas	john.thomas44@convoca.example	john.thomas44@convoca.example	t	f	\N	john thomas john.thomas44@convoca.example	added	prt_00000000006e	\N	2026-11-21 17:45:00+00	carlos.15	2026-11-21 17:45:00+00	\N	\N	\N
111	57	host	Sergio Fernando Aguilar Núñez	sergio.nunez31@convoca.example	sergio.nunez31@convoca.example	t	f	\N	sergio fernando aguilar nunez sergio.nunez31@convoca.example	added	prt_00000000006f	\N	2026-09-21 07:18:00+00	marta.25	2026-09-21 07:18:00+00	\N	\N	\N
112	57	participant	María De la Guardia Ruiz	maria.ruiz58@convoca.example	maria.ruiz58@convoca.example	t	f	\N	maria de la guardia ruiz maria.ruiz58@convoca.example	added	prt_000000000070	\N	2026-09-21 07:18:00+00	marta.25	2026-09-21 07:18:00+00	\N	\N	\N
113	58	host	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_000000000071	\N	2026-11-05 09:03:00+00	monica.34	2026-11-05 09:03:00+00	\N	\N	\N
114	58	participant	María Gómez García	maria.garcia53@convoca.example	maria.garcia53@convoca.example	t	f	\N	maria gomez garcia maria.garcia53@convoca.example	added	prt_000000000072	\N	2026-11-05 09:03:00+00	monica.34	2026-11-05 09:03:00+00	\N	\N	\N
115	59	host	Óscar Fernández Iglesias	oscar.iglesias26@convoca.example	oscar.iglesias26@convoca.example	t	f	\N	oscar fernandez iglesias oscar.iglesias26@convoca.example	added	prt_000000000073	\N	2026-06-09 03:10:00+00	hector.29	2026-06-09 03:10:00+00	\N	\N	\N
116	59	participant	Richard Harris	richard.harris115@universidad.example	richard.harris115@universidad.example	t	f	\N	richard harris richard.harris115@universidad.example	added	prt_000000000074	\N	2026-06-09 03:10:00+00	hector.29	2026-06-09 03:10:00+00	\N	\N	\N
117	60	host	Ramón Alonso Ruiz	ramon.ruiz42@aula.example.org	ramon.ruiz42@aula.example.org	t	f	\N	ramon alonso ruiz ramon.ruiz42@aula.example.org	added	prt_000000000075	\N	2024-10-23 22:01:00+00	maria.33	2024-10-23 22:01:00+00	\N	\N	\N
118	60	participant	Raúl Jiménez López	raul.lopez117@universidad.example	raul.lopez117@universidad.example	t	f	\N	raul jimenez lopez raul.lopez117@universidad.example	added	prt_000000000076	\N	2024-10-23 22:01:00+00	maria.33	2024-10-23 22:01:00+00	\N	\N	\N
119	61	host	Miguel Rubio Alonso	miguel.alonso39@convoca.example	miguel.alonso39@convoca.example	t	f	\N	miguel rubio alonso miguel.alonso39@convoca.example	added	prt_000000000077	\N	2026-11-17 04:51:00+00	javier.50	2026-11-17 04:51:00+00	\N	\N	\N
120	61	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_000000000078	\N	2026-11-17 04:51:00+00	javier.50	2026-11-17 04:51:00+00	\N	\N	\N
121	62	host	Mark Nelson	mark.nelson18@aula.example.org	mark.nelson18@aula.example.org	t	f	\N	mark nelson mark.nelson18@aula.example.org	added	prt_000000000079	\N	2026-04-24 04:49:00+00	pedro.9	2026-04-24 04:49:00+00	\N	\N	\N
122	62	participant	María Ana Rubio Sánchez	maria.sanchez121@example.net	maria.sanchez121@example.net	t	f	\N	maria ana rubio sanchez maria.sanchez121@example.net	added	prt_00000000007a	\N	2026-04-24 04:49:00+00	pedro.9	2026-04-24 04:49:00+00	\N	\N	\N
123	63	host	Luis Martínez Martín	luis.martin7@aula.example.org	luis.martin7@aula.example.org	t	f	\N	luis martinez martin luis.martin7@aula.example.org	added	prt_00000000007b	\N	2025-08-20 01:23:00+00	miguel.39	2025-08-20 01:23:00+00	\N	\N	\N
124	63	participant	Ana Lucía García Jiménez	ana.jimenez123@example.net	ana.jimenez123@example.net	t	f	\N	ana lucia garcia jimenez ana.jimenez123@example.net	added	prt_00000000007c	\N	2025-08-20 01:23:00+00	miguel.39	2025-08-20 01:23:00+00	\N	\N	\N
125	64	host	John Smith	\N	\N	f	f	\N	john smith	added	prt_00000000007d	\N	2026-01-24 12:42:00+00	jorge.38	2026-01-24 12:42:00+00	\N	\N	\N
126	64	participant	Joaquín Ana García Rodríguez	joaquin.rodriguez41@ventas.convoca.example	joaquin.rodriguez41@ventas.convoca.example	t	f	\N	joaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example	added	prt_00000000007e	\N	2026-01-24 12:42:00+00	jorge.38	2026-01-24 12:42:00+00	\N	\N	\N
127	65	host	Lisa Johnson	lisa.johnson21@ventas.convoca.example	lisa.johnson21@ventas.convoca.example	t	f	\N	lisa johnson lisa.johnson21@ventas.convoca.example	added	prt_00000000007f	\N	2025-03-25 14:28:00+00	jason.47	2025-03-25 14:28:00+00	\N	\N	\N
128	65	participant	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_000000000080	\N	2025-03-25 14:28:00+00	jason.47	2025-03-25 14:28:00+00	\N	\N	\N
129	66	host	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_000000000081	\N	2026-01-10 07:34:00+00	carmen.49	2026-01-10 07:34:00+00	\N	\N	\N
130	66	participant	María Gómez Vidal	maria.vidal55@aula.example.org	maria.vidal55@aula.example.org	t	f	\N	maria gomez vidal maria.vidal55@aula.example.org	added	prt_000000000082	\N	2026-01-10 07:34:00+00	carmen.49	2026-01-10 07:34:00+00	\N	\N	\N
131	67	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_000000000083	\N	2024-11-21 03:50:00+00	sergio.31	2024-11-21 03:50:00+00	\N	\N	\N
132	67	participant	María Jiménez Ortiz	maria.ortiz131@example.com	maria.ortiz131@example.com	t	f	\N	maria jimenez ortiz maria.ortiz131@example.com	added	prt_000000000084	\N	2024-11-21 03:50:00+00	sergio.31	2024-11-21 03:50:00+00	\N	\N	\N
133	68	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_000000000085	\N	2026-11-22 02:04:00+00	miguel.39	2026-11-22 02:04:00+00	\N	\N	\N
134	68	participant	María De la Guardia Ruiz	maria.ruiz58@convoca.example	maria.ruiz58@convoca.example	t	f	\N	maria de la guardia ruiz maria.ruiz58@convoca.example	added	prt_000000000086	\N	2026-11-22 02:04:00+00	miguel.39	2026-11-22 02:04:00+00	\N	\N	\N
135	69	host	Luis Martínez Martín	luis.martin7@aula.example.org	luis.martin7@aula.example.org	t	f	\N	luis martinez martin luis.martin7@aula.example.org	added	prt_000000000087	\N	2024-08-21 13:44:00+00	maria.55	2024-08-21 13:44:00+00	\N	\N	\N
136	69	participant	Matías Moreno Ruiz	matias.ruiz52@ventas.convoca.example	matias.ruiz52@ventas.convoca.example	t	f	\N	matias moreno ruiz matias.ruiz52@ventas.convoca.example	added	prt_000000000088	\N	2024-08-21 13:44:00+00	maria.55	2024-08-21 13:44:00+00	\N	\N	\N
137	71	host	Carlos García Rodríguez	carlos.rodriguez15@aula.example.org	carlos.rodriguez15@aula.example.org	t	f	\N	carlos garcia rodriguez carlos.rodriguez15@aula.example.org	added	prt_000000000089	\N	2025-02-07 09:53:00+00	joaquin.41	2025-02-07 09:53:00+00	\N	\N	\N
138	71	participant	Carol Williams	carol.williams36@ventas.convoca.example	carol.williams36@ventas.convoca.example	t	f	\N	carol williams carol.williams36@ventas.convoca.example	added	prt_00000000008a	\N	2025-02-07 09:53:00+00	joaquin.41	2025-02-07 09:53:00+00	\N	\N	\N
139	72	host	Sofía Rodríguez Fernández	sofia.fernandez2@aula.example.org	sofia.fernandez2@aula.example.org	t	f	\N	sofia rodriguez fernandez sofia.fernandez2@aula.example.org	added	prt_00000000008b	\N	2026-11-07 07:57:00+00	raul.59	2026-11-07 07:57:00+00	\N	\N	\N
140	72	participant	María Cortés García	maria.garcia139@correo.example	maria.garcia139@correo.example	t	f	\N	maria cortes garcia maria.garcia139@correo.example	added	prt_00000000008c	\N	2026-11-07 07:57:00+00	raul.59	2026-11-07 07:57:00+00	\N	\N	\N
141	73	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_00000000008d	\N	2025-03-19 19:59:00+00	maria.53	2025-03-19 19:59:00+00	\N	\N	\N
142	73	participant	Carmen Carmen Martínez Jiménez	\N	\N	f	f	\N	carmen carmen martinez jimenez	added	prt_00000000008e	\N	2025-03-19 19:59:00+00	maria.53	2025-03-19 19:59:00+00	\N	\N	\N
143	74	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_00000000008f	\N	2024-06-17 00:39:00+00	javier.50	2024-06-17 00:39:00+00	\N	\N	\N
144	74	participant	Miguel Ruiz Fernández	miguel.fernandez43@aula.example.org	miguel.fernandez43@aula.example.org	t	f	\N	miguel ruiz fernandez miguel.fernandez43@aula.example.org	added	prt_000000000090	\N	2024-06-17 00:39:00+00	javier.50	2024-06-17 00:39:00+00	\N	\N	\N
145	75	host	Sergio Rodríguez Ortega	sergio.ortega35@convoca.example	sergio.ortega35@convoca.example	t	f	\N	sergio rodriguez ortega sergio.ortega35@convoca.example	added	prt_000000000091	\N	2024-09-01 01:52:00+00	joaquin.14	2024-09-01 01:52:00+00	\N	\N	\N
146	75	participant	Juan Óscar López Rodríguez	juan.rodriguez51@ventas.convoca.example	juan.rodriguez51@ventas.convoca.example	t	f	\N	juan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example	added	prt_000000000092	\N	2024-09-01 01:52:00+00	joaquin.14	2024-09-01 01:52:00+00	\N	\N	\N
147	76	host	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_000000000093	\N	2025-09-07 20:52:00+00	lucia.22	2025-09-07 20:52:00+00	\N	\N	\N
148	76	participant	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_000000000094	\N	2025-09-07 20:52:00+00	lucia.22	2025-09-07 20:52:00+00	\N	\N	\N
149	77	host	María González Rodríguez	maria.rodriguez12@convoca.example	maria.rodriguez12@convoca.example	t	f	\N	maria gonzalez rodriguez maria.rodriguez12@convoca.example	added	prt_000000000095	\N	2026-11-18 04:31:00+00	hector.29	2026-11-18 04:31:00+00	\N	\N	\N
150	77	participant	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_000000000096	\N	2026-11-18 04:31:00+00	hector.29	2026-11-18 04:31:00+00	\N	\N	\N
151	78	host	John Smith	\N	\N	f	f	\N	john smith	added	prt_000000000097	\N	2026-11-25 04:06:00+00	john.44	2026-11-25 04:06:00+00	\N	\N	\N
152	78	participant	Jorge Carrasco Gómez	jorge.gomez38@aula.example.org	jorge.gomez38@aula.example.org	t	f	\N	jorge carrasco gomez jorge.gomez38@aula.example.org	added	prt_000000000098	\N	2026-11-25 04:06:00+00	john.44	2026-11-25 04:06:00+00	\N	\N	\N
153	79	host	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	added	prt_000000000099	\N	2025-11-11 02:00:00+00	john.1	2025-11-11 02:00:00+00	\N	\N	\N
154	79	participant	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_00000000009a	\N	2025-11-11 02:00:00+00	john.1	2025-11-11 02:00:00+00	\N	\N	\N
155	80	host	Andrés Elena Moreno Pardo	\N	\N	f	f	\N	andres elena moreno pardo	added	prt_00000000009b	\N	2024-09-23 13:38:00+00	luis.11	2024-09-23 13:38:00+00	\N	\N	\N
156	80	participant	Marta Vázquez Pérez	marta.perez155@despacho.example	marta.perez155@despacho.example	t	f	\N	marta vazquez perez marta.perez155@despacho.example	added	prt_00000000009c	\N	2024-09-23 13:38:00+00	luis.11	2024-09-23 13:38:00+00	\N	\N	\N
157	81	host	Héctor López Romero	\N	\N	f	f	\N	hector lopez romero	added	prt_00000000009d	\N	2024-07-27 14:04:00+00	jose.46	2024-07-27 14:04:00+00	\N	\N	\N
158	81	participant	Juan Lucía González Fernández	juan.fernandez158@example.net	juan.fernandez158@example.net	t	f	\N	juan lucia gonzalez fernandez juan.fernandez158@example.net	added	prt_00000000009e	\N	2024-07-27 14:04:00+00	jose.46	2024-07-27 14:04:00+00	\N	\N	\N
159	82	host	John Smith	\N	\N	f	f	\N	john smith	added	prt_00000000009f	\N	2026-07-11 10:06:00+00	maria.58	2026-07-11 10:06:00+00	\N	\N	\N
160	82	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_0000000000a0	\N	2026-07-11 10:06:00+00	maria.58	2026-07-11 10:06:00+00	\N	\N	\N
161	83	host	Óscar Fernández Iglesias	oscar.iglesias26@convoca.example	oscar.iglesias26@convoca.example	t	f	\N	oscar fernandez iglesias oscar.iglesias26@convoca.example	added	prt_0000000000a1	\N	2024-09-16 20:44:00+00	andres.20	2024-09-16 20:44:00+00	\N	\N	\N
162	83	participant	José Lozano Martínez	jose.martinez161@example.net	jose.martinez161@example.net	t	f	\N	jose lozano martinez jose.martinez161@example.net	added	prt_0000000000a2	\N	2024-09-16 20:44:00+00	andres.20	2024-09-16 20:44:00+00	\N	\N	\N
163	84	host	Carlos García Rodríguez	carlos.rodriguez15@aula.example.org	carlos.rodriguez15@aula.example.org	t	f	\N	carlos garcia rodriguez carlos.rodriguez15@aula.example.org	added	prt_0000000000a3	\N	2026-01-08 15:11:00+00	luis.30	2026-01-08 15:11:00+00	\N	\N	\N
164	84	participant	Raúl Hernández Guerrero	raul.guerrero59@ventas.convoca.example	raul.guerrero59@ventas.convoca.example	t	f	\N	raul hernandez guerrero raul.guerrero59@ventas.convoca.example	added	prt_0000000000a4	\N	2026-01-08 15:11:00+00	luis.30	2026-01-08 15:11:00+00	\N	\N	\N
165	85	host	Mark Nelson	mark.nelson18@aula.example.org	mark.nelson18@aula.example.org	t	f	\N	mark nelson mark.nelson18@aula.example.org	added	prt_0000000000a5	\N	2024-06-22 11:22:00+00	oscar.26	2024-06-22 11:22:00+00	\N	\N	\N
166	85	participant	María Wenceslao García Romero	maria.romero33@ventas.convoca.example	maria.romero33@ventas.convoca.example	t	f	\N	maria wenceslao garcia romero maria.romero33@ventas.convoca.example	added	prt_0000000000a6	\N	2024-06-22 11:22:00+00	oscar.26	2024-06-22 11:22:00+00	\N	\N	\N
167	86	host	José Merino Domínguez	\N	\N	f	f	\N	jose merino dominguez	added	prt_0000000000a7	\N	2025-05-11 01:56:00+00	maria.58	2025-05-11 01:56:00+00	\N	\N	\N
168	86	participant	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_0000000000a8	\N	2025-05-11 01:56:00+00	maria.58	2025-05-11 01:56:00+00	\N	\N	\N
169	87	host	Sergio Fernando Aguilar Núñez	sergio.nunez31@convoca.example	sergio.nunez31@convoca.example	t	f	\N	sergio fernando aguilar nunez sergio.nunez31@convoca.example	added	prt_0000000000a9	\N	2026-11-27 11:32:00+00	ramon.42	2026-11-27 11:32:00+00	\N	\N	\N
170	87	participant	María Gómez Vidal	maria.vidal55@aula.example.org	maria.vidal55@aula.example.org	t	f	\N	maria gomez vidal maria.vidal55@aula.example.org	added	prt_0000000000aa	\N	2026-11-27 11:32:00+00	ramon.42	2026-11-27 11:32:00+00	\N	\N	\N
171	88	host	Luis González Romero	luis.romero4@aula.example.org	luis.romero4@aula.example.org	t	f	\N	luis gonzalez romero luis.romero4@aula.example.org	added	prt_0000000000ab	\N	2026-06-26 20:56:00+00	ainhoa.48	2026-06-26 20:56:00+00	\N	\N	\N
172	88	participant	María Wenceslao García Romero	maria.romero33@ventas.convoca.example	maria.romero33@ventas.convoca.example	t	f	\N	maria wenceslao garcia romero maria.romero33@ventas.convoca.example	added	prt_0000000000ac	\N	2026-06-26 20:56:00+00	ainhoa.48	2026-06-26 20:56:00+00	\N	\N	\N
173	89	host	Juan Óscar López Rodríguez	juan.rodriguez51@ventas.convoca.example	juan.rodriguez51@ventas.convoca.example	t	f	\N	juan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example	added	prt_0000000000ad	\N	2024-10-11 13:53:00+00	matias.52	2024-10-11 13:53:00+00	\N	\N	\N
174	89	participant	María Fernández González	maria.gonzalez173@example.com	maria.gonzalez173@example.com	t	f	\N	maria fernandez gonzalez maria.gonzalez173@example.com	added	prt_0000000000ae	\N	2024-10-11 13:53:00+00	matias.52	2024-10-11 13:53:00+00	\N	\N	\N
175	90	host	José García Fernández	jose.fernandez45@convoca.example	jose.fernandez45@convoca.example	t	f	\N	jose garcia fernandez jose.fernandez45@convoca.example	added	prt_0000000000af	\N	2026-11-06 04:51:00+00	john.1	2026-11-06 04:51:00+00	\N	\N	\N
176	90	participant	Juan Romero Ortiz	juan.ortiz175@example.com	juan.ortiz175@example.com	t	f	\N	juan romero ortiz juan.ortiz175@example.com	added	prt_0000000000b0	\N	2026-11-06 04:51:00+00	john.1	2026-11-06 04:51:00+00	\N	\N	\N
177	91	host	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_0000000000b1	\N	2024-07-03 00:24:00+00	ricardo.37	2024-07-03 00:24:00+00	\N	\N	\N
178	91	participant	Carmen Carmen Martínez Jiménez	\N	\N	f	f	\N	carmen carmen martinez jimenez	added	prt_0000000000b2	\N	2024-07-03 00:24:00+00	ricardo.37	2024-07-03 00:24:00+00	\N	\N	\N
179	92	host	José García Moreno	jose.moreno0@ventas.convoca.example	jose.moreno0@ventas.convoca.example	t	f	\N	jose garcia moreno jose.moreno0@ventas.convoca.example	added	prt_0000000000b3	\N	2024-09-06 22:54:00+00	lisa.21	2024-09-06 22:54:00+00	\N	\N	\N
180	92	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_0000000000b4	\N	2024-09-06 22:54:00+00	lisa.21	2024-09-06 22:54:00+00	\N	\N	\N
181	93	host	José Merino Domínguez	\N	\N	f	f	\N	jose merino dominguez	added	prt_0000000000b5	\N	2026-08-06 18:37:00+00	luis.4	2026-08-06 18:37:00+00	\N	\N	\N
182	93	participant	Richard Jackson	richard.jackson181@example.com	richard.jackson181@example.com	t	f	\N	richard jackson richard.jackson181@example.com	added	prt_0000000000b6	\N	2026-08-06 18:37:00+00	luis.4	2026-08-06 18:37:00+00	\N	\N	\N
183	94	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_0000000000b7	\N	2024-09-21 07:19:00+00	ashley.27	2024-09-21 07:19:00+00	\N	\N	\N
184	94	participant	Ainhoa Jiménez González	ainhoa.gonzalez28@aula.example.org	ainhoa.gonzalez28@aula.example.org	t	f	\N	ainhoa jimenez gonzalez ainhoa.gonzalez28@aula.example.org	added	prt_0000000000b8	\N	2024-09-21 07:19:00+00	ashley.27	2024-09-21 07:19:00+00	\N	\N	\N
185	95	host	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_0000000000b9	\N	2025-12-25 20:02:00+00	mark.18	2025-12-25 20:02:00+00	\N	\N	\N
186	95	participant	José García Fernández	jose.fernandez45@convoca.example	jose.fernandez45@convoca.example	t	f	\N	jose garcia fernandez jose.fernandez45@convoca.example	added	prt_0000000000ba	\N	2025-12-25 20:02:00+00	mark.18	2025-12-25 20:02:00+00	\N	\N	\N
187	96	host	Andrés Elena Moreno Pardo	\N	\N	f	f	\N	andres elena moreno pardo	added	prt_0000000000bb	\N	2026-11-03 08:17:00+00	miguel.39	2026-11-03 08:17:00+00	\N	\N	\N
188	96	participant	Sergio Rodríguez Ortega	sergio.ortega35@convoca.example	sergio.ortega35@convoca.example	t	f	\N	sergio rodriguez ortega sergio.ortega35@convoca.example	added	prt_0000000000bc	\N	2026-11-03 08:17:00+00	miguel.39	2026-11-03 08:17:00+00	\N	\N	\N
189	97	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_0000000000bd	\N	2026-04-26 15:36:00+00	ana.56	2026-04-26 15:36:00+00	\N	\N	\N
190	97	participant	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	discarded	\N	\N	2026-04-26 15:36:00+00	ana.56	2026-04-26 15:36:00+00	\N	\N	\N
191	98	host	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_0000000000bf	\N	2025-12-27 07:26:00+00	miguel.43	2025-12-27 07:26:00+00	\N	\N	\N
192	98	participant	María De la Guardia Ruiz	maria.ruiz58@convoca.example	maria.ruiz58@convoca.example	t	f	\N	maria de la guardia ruiz maria.ruiz58@convoca.example	added	prt_0000000000c0	\N	2025-12-27 07:26:00+00	miguel.43	2025-12-27 07:26:00+00	\N	\N	\N
193	99	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_0000000000c1	\N	2026-11-10 23:32:00+00	andres.6	2026-11-10 23:32:00+00	\N	\N	\N
194	99	participant	James Adams	james.adams54@convoca.example	james.adams54@convoca.example	t	f	\N	james adams james.adams54@convoca.example	added	prt_0000000000c2	\N	2026-11-10 23:32:00+00	andres.6	2026-11-10 23:32:00+00	\N	\N	\N
195	100	host	Robert Clark	robert.clark24@convoca.example	robert.clark24@convoca.example	t	f	\N	robert clark robert.clark24@convoca.example	added	prt_0000000000c3	\N	2026-11-09 19:00:00+00	jose.46	2026-11-09 19:00:00+00	\N	\N	\N
196	100	participant	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_0000000000c4	\N	2026-11-09 19:00:00+00	jose.46	2026-11-09 19:00:00+00	\N	\N	\N
197	101	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_0000000000c5	\N	2024-07-02 03:26:00+00	lisa.21	2024-07-02 03:26:00+00	\N	\N	\N
198	101	participant	Mónica Ramos Sánchez	monica.sanchez34@aula.example.org	monica.sanchez34@aula.example.org	t	f	\N	monica ramos sanchez monica.sanchez34@aula.example.org	added	prt_0000000000c6	\N	2024-07-02 03:26:00+00	lisa.21	2024-07-02 03:26:00+00	\N	\N	\N
199	102	host	Marta Verónica Díaz Aguilar	marta.aguilar25@ventas.convoca.example	marta.aguilar25@ventas.convoca.example	t	f	\N	marta veronica diaz aguilar marta.aguilar25@ventas.convoca.example	added	prt_0000000000c7	\N	2026-06-02 02:40:00+00	matias.52	2026-06-02 02:40:00+00	\N	\N	\N
200	102	participant	Concepción Ana Gómez Pérez	concepcion.perez199@universidad.example	concepcion.perez199@universidad.example	t	f	\N	concepcion ana gomez perez concepcion.perez199@universidad.example	added	prt_0000000000c8	\N	2026-06-02 02:40:00+00	matias.52	2026-06-02 02:40:00+00	\N	\N	\N
201	103	host	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_0000000000c9	\N	2026-11-24 23:18:00+00	jason.47	2026-11-24 23:18:00+00	\N	\N	\N
202	103	participant	Ana José García González	ana.gonzalez56@ventas.convoca.example	ana.gonzalez56@ventas.convoca.example	t	f	\N	ana jose garcia gonzalez ana.gonzalez56@ventas.convoca.example	added	prt_0000000000ca	\N	2026-11-24 23:18:00+00	jason.47	2026-11-24 23:18:00+00	\N	\N	\N
203	104	host	José García Moreno	jose.moreno0@ventas.convoca.example	jose.moreno0@ventas.convoca.example	t	f	\N	jose garcia moreno jose.moreno0@ventas.convoca.example	added	prt_0000000000cb	\N	2026-11-25 03:33:00+00	maria.33	2026-11-25 03:33:00+00	\N	\N	\N
204	104	participant	Rafael Luis Lozano Romero	\N	\N	f	f	\N	rafael luis lozano romero	added	prt_0000000000cc	\N	2026-11-25 03:33:00+00	maria.33	2026-11-25 03:33:00+00	\N	\N	\N
205	105	host	Karen Wilson	karen.wilson205@despacho.example	karen.wilson205@despacho.example	t	f	\N	karen wilson karen.wilson205@despacho.example	added	prt_0000000000cd	\N	2025-02-09 06:01:00+00	carol.36	2025-02-09 06:01:00+00	\N	\N	\N
206	105	participant	María Martínez Morales	maria.morales206@correo.example	maria.morales206@correo.example	t	f	\N	maria martinez morales maria.morales206@correo.example	added	prt_0000000000ce	\N	2025-02-09 06:01:00+00	carol.36	2025-02-09 06:01:00+00	\N	\N	\N
207	106	host	Joaquín Flores López	joaquin.lopez14@ventas.convoca.example	joaquin.lopez14@ventas.convoca.example	t	f	\N	joaquin flores lopez joaquin.lopez14@ventas.convoca.example	added	prt_0000000000cf	\N	2025-08-11 00:50:00+00	james.54	2025-08-11 00:50:00+00	\N	\N	\N
208	106	participant	Carlos García Rodríguez	carlos.rodriguez15@aula.example.org	carlos.rodriguez15@aula.example.org	t	f	\N	carlos garcia rodriguez carlos.rodriguez15@aula.example.org	added	prt_0000000000d0	\N	2025-08-11 00:50:00+00	james.54	2025-08-11 00:50:00+00	\N	\N	\N
209	107	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_0000000000d1	\N	2025-11-08 13:00:00+00	james.54	2025-11-08 13:00:00+00	\N	\N	\N
210	107	participant	Óscar Fernández Iglesias	oscar.iglesias26@convoca.example	oscar.iglesias26@convoca.example	t	f	\N	oscar fernandez iglesias oscar.iglesias26@convoca.example	added	prt_0000000000d2	\N	2025-11-08 13:00:00+00	james.54	2025-11-08 13:00:00+00	\N	\N	\N
211	108	host	Marta Verónica Díaz Aguilar	marta.aguilar25@ventas.convoca.example	marta.aguilar25@ventas.convoca.example	t	f	\N	marta veronica diaz aguilar marta.aguilar25@ventas.convoca.example	added	prt_0000000000d3	\N	2026-01-03 23:55:00+00	john.1	2026-01-03 23:55:00+00	\N	\N	\N
212	108	participant	Joaquín Ana García Rodríguez	joaquin.rodriguez41@ventas.convoca.example	joaquin.rodriguez41@ventas.convoca.example	t	f	\N	joaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example	added	prt_0000000000d4	\N	2026-01-03 23:55:00+00	john.1	2026-01-03 23:55:00+00	\N	\N	\N
213	109	host	Diego Alonso Hernández	diego.hernandez5@aula.example.org	diego.hernandez5@aula.example.org	t	f	\N	diego alonso hernandez diego.hernandez5@aula.example.org	added	prt_0000000000d5	\N	2026-11-09 14:37:00+00	matias.52	2026-11-09 14:37:00+00	\N	\N	\N
214	109	participant	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	added	prt_0000000000d6	\N	2026-11-09 14:37:00+00	matias.52	2026-11-09 14:37:00+00	\N	\N	\N
215	110	host	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_0000000000d7	\N	2025-08-12 07:58:00+00	javier.50	2025-08-12 07:58:00+00	\N	\N	\N
216	110	participant	Joaquín Flores López	joaquin.lopez14@ventas.convoca.example	joaquin.lopez14@ventas.convoca.example	t	f	\N	joaquin flores lopez joaquin.lopez14@ventas.convoca.example	added	prt_0000000000d8	\N	2025-08-12 07:58:00+00	javier.50	2025-08-12 07:58:00+00	\N	\N	\N
217	111	host	James Adams	james.adams54@convoca.example	james.adams54@convoca.example	t	f	\N	james adams james.adams54@convoca.example	added	prt_0000000000d9	\N	2026-11-24 06:55:00+00	jose.45	2026-11-24 06:55:00+00	\N	\N	\N
218	111	participant	Gabriela Ramos Álvarez	\N	\N	f	f	\N	gabriela ramos alvarez	added	prt_0000000000da	\N	2026-11-24 06:55:00+00	jose.45	2026-11-24 06:55:00+00	\N	\N	\N
219	112	host	Matías Moreno Ruiz	matias.ruiz52@ventas.convoca.example	matias.ruiz52@ventas.convoca.example	t	f	\N	matias moreno ruiz matias.ruiz52@ventas.convoca.example	added	prt_0000000000db	\N	2026-06-10 02:39:00+00	carmen.49	2026-06-10 02:39:00+00	\N	\N	\N
220	112	participant	Juan Aguilar Rubio	juan.rubio219@mail.example	juan.rubio219@mail.example	t	f	\N	juan aguilar rubio juan.rubio219@mail.example	added	prt_0000000000dc	\N	2026-06-10 02:39:00+00	carmen.49	2026-06-10 02:39:00+00	\N	\N	\N
221	113	host	María De la Guardia Ruiz	maria.ruiz58@convoca.example	maria.ruiz58@convoca.example	t	f	\N	maria de la guardia ruiz maria.ruiz58@convoca.example	added	prt_0000000000dd	\N	2026-11-11 18:32:00+00	john.1	2026-11-11 18:32:00+00	\N	\N	\N
222	113	participant	Ana Pérez Alonso	ana.alonso221@despacho.example	ana.alonso221@despacho.example	t	f	\N	ana perez alonso ana.alonso221@despacho.example	added	prt_0000000000de	\N	2026-11-11 18:32:00+00	john.1	2026-11-11 18:32:00+00	\N	\N	\N
223	114	host	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_0000000000df	\N	2026-11-10 04:57:00+00	sofia.2	2026-11-10 04:57:00+00	\N	\N	\N
224	114	participant	Juan Tomás Gutiérrez García	juan.garcia223@example.net	juan.garcia223@example.net	t	f	\N	juan tomas gutierrez garcia juan.garcia223@example.net	added	prt_0000000000e0	\N	2026-11-10 04:57:00+00	sofia.2	2026-11-10 04:57:00+00	\N	\N	\N
225	115	host	María Gómez García	maria.garcia53@convoca.example	maria.garcia53@convoca.example	t	f	\N	maria gomez garcia maria.garcia53@convoca.example	added	prt_0000000000e1	\N	2024-11-25 05:25:00+00	carmen.49	2024-11-25 05:25:00+00	\N	\N	\N
226	116	host	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_0000000000e2	\N	2024-08-16 07:18:00+00	ainhoa.28	2024-08-16 07:18:00+00	\N	\N	\N
227	116	participant	Mónica Ramos Sánchez	monica.sanchez34@aula.example.org	monica.sanchez34@aula.example.org	t	f	\N	monica ramos sanchez monica.sanchez34@aula.example.org	added	prt_0000000000e3	\N	2024-08-16 07:18:00+00	ainhoa.28	2024-08-16 07:18:00+00	\N	\N	\N
228	117	host	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	added	prt_0000000000e4	\N	2026-11-08 00:41:00+00	lucia.22	2026-11-08 00:41:00+00	\N	\N	\N
229	117	participant	Robert Brown	robert.brown228@mail.example	robert.brown228@mail.example	t	f	\N	robert brown robert.brown228@mail.example	added	prt_0000000000e5	\N	2026-11-08 00:41:00+00	lucia.22	2026-11-08 00:41:00+00	\N	\N	\N
230	118	host	Andrés Ana Muñoz Rodríguez	andres.rodriguez3@ventas.convoca.example	andres.rodriguez3@ventas.convoca.example	t	f	\N	andres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example	added	prt_0000000000e6	\N	2026-09-17 05:13:00+00	matias.52	2026-09-17 05:13:00+00	\N	\N	\N
231	118	participant	Ana Vázquez López	ana.lopez57@convoca.example	ana.lopez57@convoca.example	t	f	\N	ana vazquez lopez ana.lopez57@convoca.example	added	prt_0000000000e7	\N	2026-09-17 05:13:00+00	matias.52	2026-09-17 05:13:00+00	\N	\N	\N
232	119	host	Diego Alonso Hernández	diego.hernandez5@aula.example.org	diego.hernandez5@aula.example.org	t	f	\N	diego alonso hernandez diego.hernandez5@aula.example.org	added	prt_0000000000e8	\N	2026-01-01 00:32:00+00	john.44	2026-01-01 00:32:00+00	\N	\N	\N
233	119	participant	Sergio Fernando Aguilar Núñez	sergio.nunez31@convoca.example	sergio.nunez31@convoca.example	t	f	\N	sergio fernando aguilar nunez sergio.nunez31@convoca.example	added	prt_0000000000e9	\N	2026-01-01 00:32:00+00	john.44	2026-01-01 00:32:00+00	\N	\N	\N
234	120	host	José Gallardo Torres	jose.torres46@ventas.convoca.example	jose.torres46@ventas.convoca.example	t	f	\N	jose gallardo torres jose.torres46@ventas.convoca.example	added	prt_0000000000ea	\N	2026-11-29 14:56:00+00	jason.47	2026-11-29 14:56:00+00	\N	\N	\N
235	120	participant	Raúl Hernández Guerrero	raul.guerrero59@ventas.convoca.example	raul.guerrero59@ventas.convoca.example	t	f	\N	raul hernandez guerrero raul.guerrero59@ventas.convoca.example	added	prt_0000000000eb	\N	2026-11-29 14:56:00+00	jason.47	2026-11-29 14:56:00+00	\N	\N	\N
236	121	host	María García García	maria.garcia19@convoca.example	maria.garcia19@convoca.example	t	f	\N	maria garcia garcia maria.garcia19@convoca.example	added	prt_0000000000ec	\N	2025-06-04 19:06:00+00	carlos.15	2025-06-04 19:06:00+00	\N	\N	\N
237	121	participant	Luis Mónica Martínez Sánchez	luis.sanchez236@universidad.example	luis.sanchez236@universidad.example	t	f	\N	luis monica martinez sanchez luis.sanchez236@universidad.example	added	prt_0000000000ed	\N	2025-06-04 19:06:00+00	carlos.15	2025-06-04 19:06:00+00	\N	\N	\N
238	122	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_0000000000ee	\N	2026-11-07 06:23:00+00	andres.3	2026-11-07 06:23:00+00	\N	\N	\N
239	122	participant	John Thomas	john.thomas44@convoca.example	john.thomas44@convoca.example	t	f	\N	john thomas john.thomas44@convoca.example	added	prt_0000000000ef	\N	2026-11-07 06:23:00+00	andres.3	2026-11-07 06:23:00+00	\N	\N	\N
240	123	host	Diego García García	diego.garcia240@example.net	diego.garcia240@example.net	t	f	\N	diego garcia garcia diego.garcia240@example.net	added	prt_0000000000f0	\N	2026-07-13 20:02:00+00	valentina.40	2026-07-13 20:02:00+00	\N	\N	\N
241	123	participant	Luis Muñoz Sánchez	luis.sanchez241@example.net	luis.sanchez241@example.net	t	f	\N	luis munoz sanchez luis.sanchez241@example.net	added	prt_0000000000f1	\N	2026-07-13 20:02:00+00	valentina.40	2026-07-13 20:02:00+00	\N	\N	\N
242	124	host	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_0000000000f2	\N	2024-09-28 16:23:00+00	ashley.27	2024-09-28 16:23:00+00	\N	\N	\N
243	124	participant	Luis Etxeberria Alonso	luis.alonso30@convoca.example	luis.alonso30@convoca.example	t	f	\N	luis etxeberria alonso luis.alonso30@convoca.example	added	prt_0000000000f3	\N	2024-09-28 16:23:00+00	ashley.27	2024-09-28 16:23:00+00	\N	\N	\N
244	125	host	Carmen Santos Rodríguez	carmen.rodriguez23@convoca.example	carmen.rodriguez23@convoca.example	t	f	\N	carmen santos rodriguez carmen.rodriguez23@convoca.example	added	prt_0000000000f4	\N	2026-11-26 02:56:00+00	maria.55	2026-11-26 02:56:00+00	\N	\N	\N
245	125	participant	María Wenceslao García Romero	maria.romero33@ventas.convoca.example	maria.romero33@ventas.convoca.example	t	f	\N	maria wenceslao garcia romero maria.romero33@ventas.convoca.example	added	prt_0000000000f5	\N	2026-11-26 02:56:00+00	maria.55	2026-11-26 02:56:00+00	\N	\N	\N
246	126	host	Joaquín Flores López	joaquin.lopez14@ventas.convoca.example	joaquin.lopez14@ventas.convoca.example	t	f	\N	joaquin flores lopez joaquin.lopez14@ventas.convoca.example	added	prt_0000000000f6	\N	2025-11-10 09:32:00+00	andres.16	2025-11-10 09:32:00+00	\N	\N	\N
247	126	participant	Héctor Espinosa Sánchez	\N	\N	f	f	\N	hector espinosa sanchez	added	prt_0000000000f7	\N	2025-11-10 09:32:00+00	andres.16	2025-11-10 09:32:00+00	\N	\N	\N
248	127	host	Andrés López Medina	andres.medina6@aula.example.org	andres.medina6@aula.example.org	t	f	\N	andres lopez medina andres.medina6@aula.example.org	added	prt_0000000000f8	\N	2025-02-18 13:39:00+00	jason.47	2025-02-18 13:39:00+00	\N	\N	\N
249	127	participant	Daniela Sanz Batista	daniela.batista32@ventas.convoca.example	daniela.batista32@ventas.convoca.example	t	f	\N	daniela sanz batista daniela.batista32@ventas.convoca.example	added	prt_0000000000f9	\N	2025-02-18 13:39:00+00	jason.47	2025-02-18 13:39:00+00	\N	\N	\N
250	128	host	Ángel Arias Hernández	angel.hernandez13@convoca.example	angel.hernandez13@convoca.example	t	f	\N	angel arias hernandez angel.hernandez13@convoca.example	added	prt_0000000000fa	\N	2024-09-27 18:30:00+00	monica.34	2024-09-27 18:30:00+00	\N	\N	\N
251	128	participant	José Ramón García Goikoetxea	jose.goikoetxea250@example.net	jose.goikoetxea250@example.net	t	f	\N	jose ramon garcia goikoetxea jose.goikoetxea250@example.net	added	prt_0000000000fb	\N	2024-09-27 18:30:00+00	monica.34	2024-09-27 18:30:00+00	\N	\N	\N
252	129	host	Jorge Carrasco Gómez	jorge.gomez38@aula.example.org	jorge.gomez38@aula.example.org	t	f	\N	jorge carrasco gomez jorge.gomez38@aula.example.org	added	prt_0000000000fc	\N	2025-02-02 11:20:00+00	jorge.10	2025-02-02 11:20:00+00	\N	\N	\N
253	129	participant	Carmen Gutiérrez García	carmen.garcia252@mail.example	carmen.garcia252@mail.example	t	f	\N	carmen gutierrez garcia carmen.garcia252@mail.example	added	prt_0000000000fd	\N	2025-02-02 11:20:00+00	jorge.10	2025-02-02 11:20:00+00	\N	\N	\N
254	130	host	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_0000000000fe	\N	2024-11-03 00:39:00+00	john.1	2024-11-03 00:39:00+00	\N	\N	\N
255	130	participant	María Gómez García	maria.garcia53@convoca.example	maria.garcia53@convoca.example	t	f	\N	maria gomez garcia maria.garcia53@convoca.example	added	prt_0000000000ff	\N	2024-11-03 00:39:00+00	john.1	2024-11-03 00:39:00+00	\N	\N	\N
256	131	host	Luis Ramírez Martín	luis.martin11@aula.example.org	luis.martin11@aula.example.org	t	f	\N	luis ramirez martin luis.martin11@aula.example.org	added	prt_000000000100	\N	2025-03-26 18:41:00+00	john.44	2025-03-26 18:41:00+00	\N	\N	\N
257	131	participant	Marta Lozano Quiñones	marta.quinones256@mail.example	marta.quinones256@mail.example	t	f	\N	marta lozano quinones marta.quinones256@mail.example	added	prt_000000000101	\N	2025-03-26 18:41:00+00	john.44	2025-03-26 18:41:00+00	\N	\N	\N
258	132	host	Lucía Lucía De la Guardia Hernández	\N	\N	f	f	\N	lucia lucia de la guardia hernandez	added	prt_000000000102	\N	2024-09-02 16:52:00+00	miguel.39	2024-09-02 16:52:00+00	\N	\N	\N
259	132	participant	Raúl Hernández Guerrero	raul.guerrero59@ventas.convoca.example	raul.guerrero59@ventas.convoca.example	t	f	\N	raul hernandez guerrero raul.guerrero59@ventas.convoca.example	added	prt_000000000103	\N	2024-09-02 16:52:00+00	miguel.39	2024-09-02 16:52:00+00	\N	\N	\N
260	133	host	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	discarded	\N	\N	2025-03-16 23:21:00+00	luis.30	2025-03-16 23:21:00+00	\N	\N	\N
261	133	participant	Ricardo Moreno Guerrero	ricardo.guerrero37@convoca.example	ricardo.guerrero37@convoca.example	t	f	\N	ricardo moreno guerrero ricardo.guerrero37@convoca.example	added	prt_000000000105	\N	2025-03-16 23:21:00+00	luis.30	2025-03-16 23:21:00+00	\N	\N	\N
262	134	host	Lisa Johnson	lisa.johnson21@ventas.convoca.example	lisa.johnson21@ventas.convoca.example	t	f	\N	lisa johnson lisa.johnson21@ventas.convoca.example	added	prt_000000000106	\N	2026-06-15 15:30:00+00	sergio.35	2026-06-15 15:30:00+00	\N	\N	\N
263	134	participant	Ainhoa Rodríguez Martín	ainhoa.martin48@aula.example.org	ainhoa.martin48@aula.example.org	t	f	\N	ainhoa rodriguez martin ainhoa.martin48@aula.example.org	added	prt_000000000107	\N	2026-06-15 15:30:00+00	sergio.35	2026-06-15 15:30:00+00	\N	\N	\N
264	135	host	Sofía Rodríguez Hernández	sofia.hernandez8@convoca.example	sofia.hernandez8@convoca.example	t	f	\N	sofia rodriguez hernandez sofia.hernandez8@convoca.example	added	prt_000000000108	\N	2026-03-13 16:18:00+00	valentina.40	2026-03-13 16:18:00+00	\N	\N	\N
265	135	participant	Pedro Cortés Martínez	pedro.martinez9@ventas.convoca.example	pedro.martinez9@ventas.convoca.example	t	f	\N	pedro cortes martinez pedro.martinez9@ventas.convoca.example	added	prt_000000000109	\N	2026-03-13 16:18:00+00	valentina.40	2026-03-13 16:18:00+00	\N	\N	\N
266	136	host	Raúl Hernández Guerrero	raul.guerrero59@ventas.convoca.example	raul.guerrero59@ventas.convoca.example	t	f	\N	raul hernandez guerrero raul.guerrero59@ventas.convoca.example	added	prt_00000000010a	\N	2025-03-20 10:48:00+00	ramon.42	2025-03-20 10:48:00+00	\N	\N	\N
267	136	participant	José Goikoetxea Sánchez	jose.sanchez266@mail.example	jose.sanchez266@mail.example	t	f	\N	jose goikoetxea sanchez jose.sanchez266@mail.example	added	prt_00000000010b	\N	2025-03-20 10:48:00+00	ramon.42	2025-03-20 10:48:00+00	\N	\N	\N
268	137	host	Mark Nelson	mark.nelson18@aula.example.org	mark.nelson18@aula.example.org	t	f	\N	mark nelson mark.nelson18@aula.example.org	added	prt_00000000010c	\N	2025-12-12 12:50:00+00	sergio.31	2025-12-12 12:50:00+00	\N	\N	\N
269	137	participant	María Gómez Vidal	maria.vidal55@aula.example.org	maria.vidal55@aula.example.org	t	f	\N	maria gomez vidal maria.vidal55@aula.example.org	added	prt_00000000010d	\N	2025-12-12 12:50:00+00	sergio.31	2025-12-12 12:50:00+00	\N	\N	\N
270	138	host	Andrés Elena Moreno Pardo	\N	\N	f	f	\N	andres elena moreno pardo	added	prt_00000000010e	\N	2026-11-23 18:44:00+00	carlos.15	2026-11-23 18:44:00+00	\N	\N	\N
271	138	participant	Valentina Martínez Díaz	valentina.diaz40@aula.example.org	valentina.diaz40@aula.example.org	t	f	\N	valentina martinez diaz valentina.diaz40@aula.example.org	added	prt_00000000010f	\N	2026-11-23 18:44:00+00	carlos.15	2026-11-23 18:44:00+00	\N	\N	\N
272	139	host	Andrés García Gómez	andres.gomez16@ventas.convoca.example	andres.gomez16@ventas.convoca.example	t	f	\N	andres garcia gomez andres.gomez16@ventas.convoca.example	added	prt_000000000110	\N	2026-10-05 08:16:00+00	andres.20	2026-10-05 08:16:00+00	\N	\N	\N
273	139	participant	Marta Verónica Díaz Aguilar	marta.aguilar25@ventas.convoca.example	marta.aguilar25@ventas.convoca.example	t	f	\N	marta veronica diaz aguilar marta.aguilar25@ventas.convoca.example	added	prt_000000000111	\N	2026-10-05 08:16:00+00	andres.20	2026-10-05 08:16:00+00	\N	\N	\N
274	140	host	Diego Alonso Hernández	diego.hernandez5@aula.example.org	diego.hernandez5@aula.example.org	t	f	\N	diego alonso hernandez diego.hernandez5@aula.example.org	added	prt_000000000112	\N	2026-04-14 03:26:00+00	john.1	2026-04-14 03:26:00+00	\N	\N	\N
275	140	participant	Carmen Ramírez Flores	carmen.flores274@example.net	carmen.flores274@example.net	t	f	\N	carmen ramirez flores carmen.flores274@example.net	added	prt_000000000113	\N	2026-04-14 03:26:00+00	john.1	2026-04-14 03:26:00+00	\N	\N	\N
276	141	host	Ana Ruiz	\N	\N	f	f	\N	ana ruiz	added	prt2efec4f1d3571855	\\x674141414141427244647230394e764555344f5a415849714974397151354e7a64745f6575787259466d6a72755a356e5878775146765a357766322d49657972417575636933584e72463134676d7a71597a675658375f78555a456c50783173756f5a425230773741585f744478324a7335716a6949396161375f6f69585f737869542d4f627942474e7054	2026-11-30 20:22:12.165577+00	anonymous	2026-11-30 20:22:12.381913+00	\N	\N	\N
277	141	participant	Luis Peña	luis@example.org	luis@example.org	t	f	L-1	luis pena luis@example.org	added	prtaabf7bf994661ffb	\N	2026-11-30 20:22:12.905782+00	anonymous	2026-11-30 20:22:13.073072+00	\N	\N	\N
279	141	participant	Eva Incierta	eva@example.org	eva@example.org	t	t	\N	eva incierta eva@example.org	unknown	\N	\N	2026-11-30 20:22:14.134486+00	anonymous	2026-11-30 20:22:14.314801+00	\N	\N	\N
280	141	participant	Bruno Limitado	bruno@example.org	bruno@example.org	t	f	\N	bruno limitado bruno@example.org	not_sent	\N	\N	2026-11-30 20:22:14.768574+00	anonymous	2026-11-30 20:22:14.949755+00	\N	\N	\N
278	141	participant	Refugio Rechazada	refugio@example.org	refugio@example.org	t	f	\N	refugio rechazada refugio@example.org	discarded	\N	\N	2026-11-30 20:22:13.515456+00	anonymous	2026-11-30 20:22:15.572072+00	\N	\N	\N
281	141	participant	Iván Recibido	ivan@example.org	ivan@example.org	t	t	\N	ivan recibido ivan@example.org	received	\N	\N	2026-11-30 20:22:16.145676+00	anonymous	2026-11-30 20:22:16.947694+00	\N	\N	\N
285	149	participant	Persona 3	p3@example.org	p3@example.org	t	f	\N	persona 3 p3@example.org	queued	\N	\N	2026-11-30 20:22:28.735505+00	anonymous	2026-11-30 20:22:28.735505+00	2	\N	\N
286	149	participant	Persona 4	p4@example.org	p4@example.org	t	f	\N	persona 4 p4@example.org	queued	\N	\N	2026-11-30 20:22:28.735523+00	anonymous	2026-11-30 20:22:28.735524+00	2	\N	\N
288	149	participant	Persona 6	p6@example.org	p6@example.org	t	f	\N	persona 6 p6@example.org	queued	\N	\N	2026-11-30 20:22:28.735554+00	anonymous	2026-11-30 20:22:28.735554+00	2	\N	\N
289	149	participant	Persona 7	p7@example.org	p7@example.org	t	f	\N	persona 7 p7@example.org	queued	\N	\N	2026-11-30 20:22:28.735604+00	anonymous	2026-11-30 20:22:28.735604+00	2	\N	\N
290	149	participant	Persona 8	p8@example.org	p8@example.org	t	f	\N	persona 8 p8@example.org	queued	\N	\N	2026-11-30 20:22:28.735618+00	anonymous	2026-11-30 20:22:28.735618+00	2	\N	\N
291	149	participant	Persona 9	p9@example.org	p9@example.org	t	f	\N	persona 9 p9@example.org	queued	\N	\N	2026-11-30 20:22:28.735631+00	anonymous	2026-11-30 20:22:28.735631+00	2	\N	\N
292	149	participant	Persona 10	p10@example.org	p10@example.org	t	f	\N	persona 10 p10@example.org	queued	\N	\N	2026-11-30 20:22:28.735646+00	anonymous	2026-11-30 20:22:28.735647+00	2	\N	\N
293	149	participant	Persona 11	p11@example.org	p11@example.org	t	f	\N	persona 11 p11@example.org	queued	\N	\N	2026-11-30 20:22:28.735673+00	anonymous	2026-11-30 20:22:28.735673+00	2	\N	\N
294	150	participant	Persona 0	p0@example.org	p0@example.org	t	f	\N	persona 0 p0@example.org	queued	\N	\N	2026-11-30 20:22:28.98537+00	anonymous	2026-11-30 20:22:28.985371+00	3	\N	\N
295	150	participant	Persona 1	p1@example.org	p1@example.org	t	f	\N	persona 1 p1@example.org	queued	\N	\N	2026-11-30 20:22:28.985583+00	anonymous	2026-11-30 20:22:28.985583+00	3	\N	\N
296	150	participant	Persona 2	p2@example.org	p2@example.org	t	f	\N	persona 2 p2@example.org	queued	\N	\N	2026-11-30 20:22:28.985615+00	anonymous	2026-11-30 20:22:28.985615+00	3	\N	\N
297	150	participant	Persona 3	p3@example.org	p3@example.org	t	f	\N	persona 3 p3@example.org	queued	\N	\N	2026-11-30 20:22:28.985648+00	anonymous	2026-11-30 20:22:28.985648+00	3	\N	\N
298	150	participant	Persona 4	p4@example.org	p4@example.org	t	f	\N	persona 4 p4@example.org	queued	\N	\N	2026-11-30 20:22:28.985667+00	anonymous	2026-11-30 20:22:28.985667+00	3	\N	\N
299	150	participant	Persona 5	p5@example.org	p5@example.org	t	f	\N	persona 5 p5@example.org	queued	\N	\N	2026-11-30 20:22:28.985685+00	anonymous	2026-11-30 20:22:28.985686+00	3	\N	\N
300	150	participant	Persona 6	p6@example.org	p6@example.org	t	f	\N	persona 6 p6@example.org	queued	\N	\N	2026-11-30 20:22:28.985702+00	anonymous	2026-11-30 20:22:28.985703+00	3	\N	\N
301	150	participant	Persona 7	p7@example.org	p7@example.org	t	f	\N	persona 7 p7@example.org	queued	\N	\N	2026-11-30 20:22:28.985721+00	anonymous	2026-11-30 20:22:28.985721+00	3	\N	\N
302	150	participant	Persona 8	p8@example.org	p8@example.org	t	f	\N	persona 8 p8@example.org	queued	\N	\N	2026-11-30 20:22:28.985739+00	anonymous	2026-11-30 20:22:28.985739+00	3	\N	\N
303	150	participant	Persona 9	p9@example.org	p9@example.org	t	f	\N	persona 9 p9@example.org	queued	\N	\N	2026-11-30 20:22:28.985761+00	anonymous	2026-11-30 20:22:28.985761+00	3	\N	\N
304	150	participant	Persona 10	p10@example.org	p10@example.org	t	f	\N	persona 10 p10@example.org	queued	\N	\N	2026-11-30 20:22:28.985779+00	anonymous	2026-11-30 20:22:28.985779+00	3	\N	\N
305	150	participant	Persona 11	p11@example.org	p11@example.org	t	f	\N	persona 11 p11@example.org	queued	\N	\N	2026-11-30 20:22:28.985798+00	anonymous	2026-11-30 20:22:28.985798+00	3	\N	\N
306	151	participant	Persona 0	p0@example.org	p0@example.org	t	f	\N	persona 0 p0@example.org	discarded	\N	\N	2026-11-30 20:22:29.214752+00	anonymous	2026-11-30 20:22:29.290573+00	4	\N	\N
307	151	participant	Persona 1	p1@example.org	p1@example.org	t	f	\N	persona 1 p1@example.org	discarded	\N	\N	2026-11-30 20:22:29.217796+00	anonymous	2026-11-30 20:22:29.290709+00	4	\N	\N
308	151	participant	Persona 2	p2@example.org	p2@example.org	t	f	\N	persona 2 p2@example.org	discarded	\N	\N	2026-11-30 20:22:29.217841+00	anonymous	2026-11-30 20:22:29.290726+00	4	\N	\N
309	151	participant	Persona 3	p3@example.org	p3@example.org	t	f	\N	persona 3 p3@example.org	discarded	\N	\N	2026-11-30 20:22:29.217865+00	anonymous	2026-11-30 20:22:29.290736+00	4	\N	\N
310	151	participant	Persona 4	p4@example.org	p4@example.org	t	f	\N	persona 4 p4@example.org	discarded	\N	\N	2026-11-30 20:22:29.217887+00	anonymous	2026-11-30 20:22:29.290745+00	4	\N	\N
311	151	participant	Persona 5	p5@example.org	p5@example.org	t	f	\N	persona 5 p5@example.org	discarded	\N	\N	2026-11-30 20:22:29.217938+00	anonymous	2026-11-30 20:22:29.290754+00	4	\N	\N
312	151	participant	Persona 6	p6@example.org	p6@example.org	t	f	\N	persona 6 p6@example.org	discarded	\N	\N	2026-11-30 20:22:29.217963+00	anonymous	2026-11-30 20:22:29.290762+00	4	\N	\N
313	151	participant	Persona 7	p7@example.org	p7@example.org	t	f	\N	persona 7 p7@example.org	discarded	\N	\N	2026-11-30 20:22:29.21799+00	anonymous	2026-11-30 20:22:29.29079+00	4	\N	\N
314	151	participant	Persona 8	p8@example.org	p8@example.org	t	f	\N	persona 8 p8@example.org	discarded	\N	\N	2026-11-30 20:22:29.218236+00	anonymous	2026-11-30 20:22:29.290799+00	4	\N	\N
315	151	participant	Persona 9	p9@example.org	p9@example.org	t	f	\N	persona 9 p9@example.org	discarded	\N	\N	2026-11-30 20:22:29.218272+00	anonymous	2026-11-30 20:22:29.290808+00	4	\N	\N
316	151	participant	Persona 10	p10@example.org	p10@example.org	t	f	\N	persona 10 p10@example.org	discarded	\N	\N	2026-11-30 20:22:29.218305+00	anonymous	2026-11-30 20:22:29.290817+00	4	\N	\N
317	151	participant	Persona 11	p11@example.org	p11@example.org	t	f	\N	persona 11 p11@example.org	discarded	\N	\N	2026-11-30 20:22:29.218334+00	anonymous	2026-11-30 20:22:29.290825+00	4	\N	\N
282	149	participant	Persona 0	p0@example.org	p0@example.org	t	f	\N	persona 0 p0@example.org	added	prt-list-0	\N	2026-11-30 20:22:28.735222+00	anonymous	2026-11-30 20:22:29.334974+00	2	\N	\N
283	149	participant	Persona 1	p1@example.org	p1@example.org	t	f	\N	persona 1 p1@example.org	claimed	\N	\N	2026-11-30 20:22:28.735466+00	anonymous	2026-11-30 20:22:29.349782+00	2	a sender	2026-11-30 21:22:29.349782+00
284	149	participant	Persona 2	p2@example.org	p2@example.org	t	f	\N	persona 2 p2@example.org	sending	\N	\N	2026-11-30 20:22:28.73549+00	anonymous	2026-11-30 20:22:29.370958+00	2	a sender	2026-11-30 21:22:29.370959+00
318	162	participant	Persona queued	queued@example.org	queued@example.org	t	f	\N	persona queued queued@example.org	queued	\N	\N	2026-11-30 20:22:29.593345+00	anonymous	2026-11-30 20:22:29.593346+00	\N	\N	\N
319	162	participant	Persona claimed	claimed@example.org	claimed@example.org	t	f	\N	persona claimed claimed@example.org	claimed	\N	\N	2026-11-30 20:22:29.597863+00	anonymous	2026-11-30 20:22:29.597864+00	\N	\N	\N
320	162	participant	Persona sending	sending@example.org	sending@example.org	t	f	\N	persona sending sending@example.org	sending	\N	\N	2026-11-30 20:22:29.612103+00	anonymous	2026-11-30 20:22:29.612104+00	\N	\N	\N
321	162	participant	Persona added	added@example.org	added@example.org	t	f	\N	persona added added@example.org	added	\N	\N	2026-11-30 20:22:29.616638+00	anonymous	2026-11-30 20:22:29.616639+00	\N	\N	\N
322	162	participant	Persona refused	refused@example.org	refused@example.org	t	t	\N	persona refused refused@example.org	refused	\N	\N	2026-11-30 20:22:29.622855+00	anonymous	2026-11-30 20:22:29.622856+00	\N	\N	\N
323	162	participant	Persona not_sent	not_sent@example.org	not_sent@example.org	t	f	\N	persona not_sent not_sent@example.org	not_sent	\N	\N	2026-11-30 20:22:29.632722+00	anonymous	2026-11-30 20:22:29.632723+00	\N	\N	\N
324	162	participant	Persona unknown	unknown@example.org	unknown@example.org	t	t	\N	persona unknown unknown@example.org	unknown	\N	\N	2026-11-30 20:22:29.640377+00	anonymous	2026-11-30 20:22:29.640378+00	\N	\N	\N
325	162	participant	Persona received	received@example.org	received@example.org	t	f	\N	persona received received@example.org	received	\N	\N	2026-11-30 20:22:29.647032+00	anonymous	2026-11-30 20:22:29.647033+00	\N	\N	\N
326	162	participant	Persona discarded	discarded@example.org	discarded@example.org	t	f	\N	persona discarded discarded@example.org	discarded	\N	\N	2026-11-30 20:22:29.653117+00	anonymous	2026-11-30 20:22:29.653118+00	\N	\N	\N
\.


--
-- Data for Name: search_queue; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.search_queue (id, meeting_id) FROM stdin;
67	152
68	153
69	154
70	155
71	156
72	157
73	158
74	159
75	160
76	161
77	162
78	162
79	162
80	162
81	162
82	162
83	162
84	162
85	162
86	162
\.


--
-- Data for Name: search_texts; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.search_texts (meeting_id, text) FROM stdin;
1	acompanamiento pedagogico · equipo nandu, q1\nramon alonso ruiz ramon.ruiz42@aula.example.org\nkevin harris kevin.harris1@correo.example\n\n
2	entrevista 281 – gastos de viaje\njose merino dominguez\nana garcia fernandez ana.fernandez3@example.com\n\n
3	comite de compras · nomina, q1\nana vazquez lopez ana.lopez57@convoca.example\nsofia ruiz aguilar sofia.aguilar5@universidad.example\n\n
4	rendicion de cuentas · panama, marzo\njohn smith\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
5	capacitacion: proyecto atlas\nangel arias hernandez angel.hernandez13@convoca.example\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\n\n
6	entrevista 393 – atencion al cliente\ncarol williams carol.williams36@ventas.convoca.example\nmiguel rubio alonso miguel.alonso39@convoca.example\n\n
7	presentacion de resultados, panama octubre\ndiego alonso hernandez diego.hernandez5@aula.example.org\nmaria garcia garcia maria.garcia19@convoca.example\n\n
8	capacitacion 199 – sucursal de sao paulo\nmatias moreno ruiz matias.ruiz52@ventas.convoca.example\njuan carmen ruiz pena\n\n
9	asamblea de socios, ventas noviembre\njose garcia fernandez jose.fernandez45@convoca.example\nangel garcia perez\n\n
10	reunion de seguimiento 326 – licitacion publica\nashley williams ashley.williams27@aula.example.org\nana jose garcia gonzalez ana.gonzalez56@ventas.convoca.example\n\n
11	all hands: sales\nsofia rodriguez hernandez sofia.hernandez8@convoca.example\nsergio rodriguez ortega sergio.ortega35@convoca.example\n\n
12	asamblea de socios 208 – exportacion de cafe\nangel arias hernandez angel.hernandez13@convoca.example\ndaniela sanz batista daniela.batista32@ventas.convoca.example\n\n
13	reunion de coordinacion, sede norte mayo\ncarol williams carol.williams36@ventas.convoca.example\njuan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example\n\n
14	entrevista, transformacion digital septiembre\nvalentina martinez diaz valentina.diaz40@aula.example.org\nveronica inigo perez dominguez veronica.dominguez27@despacho.example\n\n
15	entrevista, sede norte cierre anual\npedro cortes martinez pedro.martinez9@ventas.convoca.example\ngerman monica serrano cano\n\n
16	mesa de trabajo 66 – logistica\nricardo moreno guerrero ricardo.guerrero37@convoca.example\njuan garcia moreno juan.moreno31@despacho.example\n\n
17	comite de compras, presupuesto octubre\njoaquin flores lopez joaquin.lopez14@ventas.convoca.example\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\n\n
18	taller de planificacion 379 – presupuesto\njoaquin flores lopez joaquin.lopez14@ventas.convoca.example\nhector espinosa sanchez\n\n
19	interview · payroll, q4\npedro cortes martinez pedro.martinez9@ventas.convoca.example\noscar fernandez iglesias oscar.iglesias26@convoca.example\n\n
20	taller de planificacion: gastos de viaje\n\n
21	asamblea de socios 227 – licitacion publica\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\ncarmen garrido martin carmen.martin39@example.com\n\n
22	reunion de coordinacion: proteccion de datos\nandres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example\nandres garcia gomez andres.gomez16@ventas.convoca.example\n\n
23	comite de compras: gestion documental\nluis etxeberria alonso luis.alonso30@convoca.example\njorge medina vidal jorge.vidal43@despacho.example\n\n
24	induccion de personal · convenio colectivo, noviembre\nluis gonzalez romero luis.romero4@aula.example.org\noscar fernandez iglesias oscar.iglesias26@convoca.example\n\n
25	acompanamiento pedagogico: campana de navidad\nhector espinosa sanchez\nisabel cano ramos isabel.ramos47@example.com\n\n
26	asamblea de socios · presupuesto, junio\ndaniela sanz batista daniela.batista32@ventas.convoca.example\nmaria wenceslao garcia romero maria.romero33@ventas.convoca.example\n\n
27	reunion de seguimiento · proyecto atlas, q3\nmaria gonzalez rodriguez maria.rodriguez12@convoca.example\nraul hernandez guerrero raul.guerrero59@ventas.convoca.example\n\n
28	comite de compras: convenio colectivo\nsofia rodriguez fernandez sofia.fernandez2@aula.example.org\nmarta garcia martinez marta.martinez53@mail.example\n\n
29	onboarding: atlas\nmark nelson mark.nelson18@aula.example.org\nramon alonso ruiz ramon.ruiz42@aula.example.org\n\n
30	rendicion de cuentas: ventas\nana vazquez lopez ana.lopez57@convoca.example\njose elena sanchez marin\n\n
31	revision tecnica · contratacion, mayo\njavier garcia etxeberria javier.etxeberria50@convoca.example\njuan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example\n\n
32	interview, atlas marzo\nsofia rodriguez fernandez sofia.fernandez2@aula.example.org\nangel arias hernandez angel.hernandez13@convoca.example\n\n
33	reunion de seguimiento · exportacion de cafe, febrero\nmaria garcia garcia maria.garcia19@convoca.example\njoaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example\n\n
34	reunion de coordinacion · atencion al cliente, enero\nandres lopez medina andres.medina6@aula.example.org\nmarta veronica diaz aguilar marta.aguilar25@ventas.convoca.example\n\n
35	entrevista: atencion al cliente\nrobert clark robert.clark24@convoca.example\noscar maria alonso gil oscar.gil67@example.com\n\n
36	weekly sync · northern region, marzo\nandres garcia gomez andres.gomez16@ventas.convoca.example\ndaniela sanz batista daniela.batista32@ventas.convoca.example\n\n
37	capacitacion: gastos de viaje\nandres garcia gomez andres.gomez16@ventas.convoca.example\njavier garcia etxeberria javier.etxeberria50@convoca.example\n\n
38	design review: data platform\npedro cortes martinez pedro.martinez9@ventas.convoca.example\ncarol williams carol.williams36@ventas.convoca.example\n\n
39	junta directiva 265 – gestion documental\nashley williams ashley.williams27@aula.example.org\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
40	comite de compras: bogota\nmaria garcia garcia maria.garcia19@convoca.example\nricardo moreno guerrero ricardo.guerrero37@convoca.example\n\n
41	reunion de seguimiento · canal de panama, mayo\njose garcia moreno jose.moreno0@ventas.convoca.example\nandres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example\n\n
42	revision tecnica, nomina agosto\ncarmen carmen martinez jimenez\nmaria de la guardia ruiz maria.ruiz58@convoca.example\n\n
43	weekly sync, payroll junio\njames adams james.adams54@convoca.example\nramon fernando gonzalez zubizarreta ramon.zubizarreta83@correo.example\n\n
44	all hands: payroll\nangel arias hernandez angel.hernandez13@convoca.example\nana vazquez lopez ana.lopez57@convoca.example\n\n
45	comite de compras · chiriqui, noviembre\njose garcia moreno jose.moreno0@ventas.convoca.example\njames adams james.adams54@convoca.example\n\n
46	reunion de coordinacion: presupuesto\npedro cortes martinez pedro.martinez9@ventas.convoca.example\njohn thomas john.thomas44@convoca.example\n\n
47	reunion de seguimiento: proyecto atlas\nrobert clark robert.clark24@convoca.example\njose garcia fernandez jose.fernandez45@convoca.example\n\n
48	auditoria interna: proteccion de datos\njohn smith\nandres garcia gomez andres.gomez16@ventas.convoca.example\n\n
49	reunion de coordinacion, gastos de viaje octubre\nmonica ramos sanchez monica.sanchez34@aula.example.org\ncarol williams carol.williams36@ventas.convoca.example\n\n
50	reunion de coordinacion · ventas, octubre\nsergio fernando aguilar nunez sergio.nunez31@convoca.example\nricardo moreno guerrero ricardo.guerrero37@convoca.example\n\n
51	reunion de seguimiento · seguridad informatica, q4\nmarta veronica diaz aguilar marta.aguilar25@ventas.convoca.example\nana vazquez lopez ana.lopez57@convoca.example\n\n
52	reunion de coordinacion, gastos de viaje segunda vuelta\njorge carrasco gomez jorge.gomez38@aula.example.org\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\n\n
53	rendicion de cuentas 87 – ventas\nmaria gonzalez rodriguez maria.rodriguez12@convoca.example\ndaniela sanz batista daniela.batista32@ventas.convoca.example\n\n
54	weekly sync · atlas, noviembre\nandres lopez medina andres.medina6@aula.example.org\njorge rojas jimenez\n\n
55	reunion de seguimiento 223 – gastos de viaje\njames adams james.adams54@convoca.example\nrafael navarro jimenez rafael.jimenez107@example.net\n\n
56	budget review, sales agosto\nandres lopez medina andres.medina6@aula.example.org\njohn thomas john.thomas44@convoca.example\n\n
57	junta directiva, gastos de viaje q4\nsergio fernando aguilar nunez sergio.nunez31@convoca.example\nmaria de la guardia ruiz maria.ruiz58@convoca.example\n\n
58	taller de planificacion · gestion documental, primer semestre\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\nmaria gomez garcia maria.garcia53@convoca.example\n\n
59	taller de planificacion: equipo nandu\noscar fernandez iglesias oscar.iglesias26@convoca.example\nrichard harris richard.harris115@universidad.example\n\n
60	design review, compliance julio\nramon alonso ruiz ramon.ruiz42@aula.example.org\nraul jimenez lopez raul.lopez117@universidad.example\n\n
61	project meeting 219 – logistics\nmiguel rubio alonso miguel.alonso39@convoca.example\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
62	retrospective 72 – atlas\nmark nelson mark.nelson18@aula.example.org\nmaria ana rubio sanchez maria.sanchez121@example.net\n\n
63	sprint planning 102 – northern region\nluis martinez martin luis.martin7@aula.example.org\nana lucia garcia jimenez ana.jimenez123@example.net\n\n
64	weekly sync, panama office cierre anual\njohn smith\njoaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example\n\n
65	budget review, zephyr migration q4\nlisa johnson lisa.johnson21@ventas.convoca.example\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\n\n
66	project meeting 284 – logistics\ndaniela sanz batista daniela.batista32@ventas.convoca.example\nmaria gomez vidal maria.vidal55@aula.example.org\n\n
67	budget review 66 – logistics\nmaria garcia garcia maria.garcia19@convoca.example\nmaria jimenez ortiz maria.ortiz131@example.com\n\n
68	presentacion de resultados: panama\nandres lopez medina andres.medina6@aula.example.org\nmaria de la guardia ruiz maria.ruiz58@convoca.example\n\n
69	training 155 – sales\nluis martinez martin luis.martin7@aula.example.org\nmatias moreno ruiz matias.ruiz52@ventas.convoca.example\n\n
70	interview, atlas cierre anual\n\n
71	rendicion de cuentas, logistica enero\ncarlos garcia rodriguez carlos.rodriguez15@aula.example.org\ncarol williams carol.williams36@ventas.convoca.example\n\n
72	comite de riesgos · panama, marzo\nsofia rodriguez fernandez sofia.fernandez2@aula.example.org\nmaria cortes garcia maria.garcia139@correo.example\n\n
73	reunion de seguimiento, equipo nandu q4\nrobert clark robert.clark24@convoca.example\ncarmen carmen martinez jimenez\n\n
74	budget review 311 – payroll\nrobert clark robert.clark24@convoca.example\nmiguel ruiz fernandez miguel.fernandez43@aula.example.org\n\n
75	project meeting 138 – atlas\nsergio rodriguez ortega sergio.ortega35@convoca.example\njuan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example\n\n
76	revision tecnica, atencion al cliente julio\nandres garcia gomez andres.gomez16@ventas.convoca.example\nricardo moreno guerrero ricardo.guerrero37@convoca.example\n\n
77	revision tecnica: equipo nandu\nmaria gonzalez rodriguez maria.rodriguez12@convoca.example\nangel arias hernandez angel.hernandez13@convoca.example\n\n
78	revision tecnica · equipo nandu, agosto\njohn smith\njorge carrasco gomez jorge.gomez38@aula.example.org\n\n
79	comite de compras, campana de navidad cierre anual\nsofia rodriguez hernandez sofia.hernandez8@convoca.example\nandres garcia gomez andres.gomez16@ventas.convoca.example\n\n
80	reunion de seguimiento 362 – proyecto atlas\nandres elena moreno pardo\nmarta vazquez perez marta.perez155@despacho.example\n\n
81	reunion de seguimiento 31 – gastos de viaje\nhector lopez romero\njuan lucia gonzalez fernandez juan.fernandez158@example.net\n\n
82	reunion de seguimiento · contratacion, marzo\njohn smith\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
83	interview · customer support, noviembre\noscar fernandez iglesias oscar.iglesias26@convoca.example\njose lozano martinez jose.martinez161@example.net\n\n
84	acompanamiento pedagogico · proyecto atlas, segunda vuelta\ncarlos garcia rodriguez carlos.rodriguez15@aula.example.org\nraul hernandez guerrero raul.guerrero59@ventas.convoca.example\n\n
85	weekly sync 74 – security\nmark nelson mark.nelson18@aula.example.org\nmaria wenceslao garcia romero maria.romero33@ventas.convoca.example\n\n
86	comite de compras · presupuesto, primer semestre\njose merino dominguez\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\n\n
87	induccion de personal · nomina, enero\nsergio fernando aguilar nunez sergio.nunez31@convoca.example\nmaria gomez vidal maria.vidal55@aula.example.org\n\n
88	rendicion de cuentas · gastos de viaje, cierre anual\nluis gonzalez romero luis.romero4@aula.example.org\nmaria wenceslao garcia romero maria.romero33@ventas.convoca.example\n\n
89	quarterly business review, northern region cierre anual\njuan oscar lopez rodriguez juan.rodriguez51@ventas.convoca.example\nmaria fernandez gonzalez maria.gonzalez173@example.com\n\n
90	taller de planificacion: presupuesto\njose garcia fernandez jose.fernandez45@convoca.example\njuan romero ortiz juan.ortiz175@example.com\n\n
91	comite de compras, bogota q1\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\ncarmen carmen martinez jimenez\n\n
92	reunion con proveedores 206 – transformacion digital\njose garcia moreno jose.moreno0@ventas.convoca.example\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
93	comite de compras · bogota, mayo\njose merino dominguez\nrichard jackson richard.jackson181@example.com\n\n
94	reunion de seguimiento 332 – proyecto atlas\npedro cortes martinez pedro.martinez9@ventas.convoca.example\nainhoa jimenez gonzalez ainhoa.gonzalez28@aula.example.org\n\n
95	onboarding: payroll\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\njose garcia fernandez jose.fernandez45@convoca.example\n\n
96	induccion de personal 114 – proyecto atlas\nandres elena moreno pardo\nsergio rodriguez ortega sergio.ortega35@convoca.example\n\n
97	project meeting · northern region, segunda vuelta\nandres lopez medina andres.medina6@aula.example.org\n\n
98	reunion de seguimiento 72 – equipo nandu\nvalentina martinez diaz valentina.diaz40@aula.example.org\nmaria de la guardia ruiz maria.ruiz58@convoca.example\n\n
99	comite de riesgos, nomina q1\nrobert clark robert.clark24@convoca.example\njames adams james.adams54@convoca.example\n\n
100	reunion de coordinacion, transformacion digital noviembre\nrobert clark robert.clark24@convoca.example\nricardo moreno guerrero ricardo.guerrero37@convoca.example\n\n
101	reunion con proveedores 105 – licitacion publica\nmaria garcia garcia maria.garcia19@convoca.example\nmonica ramos sanchez monica.sanchez34@aula.example.org\n\n
102	taller de planificacion 21 – equipo nandu\nmarta veronica diaz aguilar marta.aguilar25@ventas.convoca.example\nconcepcion ana gomez perez concepcion.perez199@universidad.example\n\n
103	weekly sync: logistics\ndaniela sanz batista daniela.batista32@ventas.convoca.example\nana jose garcia gonzalez ana.gonzalez56@ventas.convoca.example\n\n
104	capacitacion · atencion al cliente, q2\njose garcia moreno jose.moreno0@ventas.convoca.example\nrafael luis lozano romero\n\n
105	presentacion de resultados · transformacion digital, cierre anual\nkaren wilson karen.wilson205@despacho.example\nmaria martinez morales maria.morales206@correo.example\n\n
106	onboarding, logistics q1\njoaquin flores lopez joaquin.lopez14@ventas.convoca.example\ncarlos garcia rodriguez carlos.rodriguez15@aula.example.org\n\n
107	reunion de seguimiento, mantenimiento octubre\nmaria garcia garcia maria.garcia19@convoca.example\noscar fernandez iglesias oscar.iglesias26@convoca.example\n\n
108	project meeting 195 – atlas\nmarta veronica diaz aguilar marta.aguilar25@ventas.convoca.example\njoaquin ana garcia rodriguez joaquin.rodriguez41@ventas.convoca.example\n\n
109	onboarding, logistics octubre\ndiego alonso hernandez diego.hernandez5@aula.example.org\nsofia rodriguez hernandez sofia.hernandez8@convoca.example\n\n
110	entrevista · licitacion publica, junio\nangel arias hernandez angel.hernandez13@convoca.example\njoaquin flores lopez joaquin.lopez14@ventas.convoca.example\n\n
111	onboarding 274 – data platform\njames adams james.adams54@convoca.example\ngabriela ramos alvarez\n\n
112	budget review: travel policy\nmatias moreno ruiz matias.ruiz52@ventas.convoca.example\njuan aguilar rubio juan.rubio219@mail.example\n\n
113	comite de riesgos, panama enero\nmaria de la guardia ruiz maria.ruiz58@convoca.example\nana perez alonso ana.alonso221@despacho.example\n\n
114	junta directiva · canal de panama, cierre anual\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\njuan tomas gutierrez garcia juan.garcia223@example.net\n\n
115	customer call, atlas agosto\nmaria gomez garcia maria.garcia53@convoca.example\n\n
116	presentacion de resultados · presupuesto, q4\nandres garcia gomez andres.gomez16@ventas.convoca.example\nmonica ramos sanchez monica.sanchez34@aula.example.org\n\n
117	reunion de seguimiento · logistica, mayo\nsofia rodriguez hernandez sofia.hernandez8@convoca.example\nrobert brown robert.brown228@mail.example\n\n
118	entrevista · canal de panama, q3\nandres ana munoz rodriguez andres.rodriguez3@ventas.convoca.example\nana vazquez lopez ana.lopez57@convoca.example\n\n
119	consejo academico, presupuesto q3\ndiego alonso hernandez diego.hernandez5@aula.example.org\nsergio fernando aguilar nunez sergio.nunez31@convoca.example\n\n
120	reunion de seguimiento, atencion al cliente q4\njose gallardo torres jose.torres46@ventas.convoca.example\nraul hernandez guerrero raul.guerrero59@ventas.convoca.example\n\n
121	asamblea de socios, proyecto atlas mayo\nmaria garcia garcia maria.garcia19@convoca.example\nluis monica martinez sanchez luis.sanchez236@universidad.example\n\n
122	revision tecnica, logistica febrero\npedro cortes martinez pedro.martinez9@ventas.convoca.example\njohn thomas john.thomas44@convoca.example\n\n
123	weekly sync, atlas q4\ndiego garcia garcia diego.garcia240@example.net\nluis munoz sanchez luis.sanchez241@example.net\n\n
124	quarterly business review, hiring marzo\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\nluis etxeberria alonso luis.alonso30@convoca.example\n\n
125	rendicion de cuentas · proyecto atlas, agosto\ncarmen santos rodriguez carmen.rodriguez23@convoca.example\nmaria wenceslao garcia romero maria.romero33@ventas.convoca.example\n\n
126	comite de compras: campana de navidad\njoaquin flores lopez joaquin.lopez14@ventas.convoca.example\nhector espinosa sanchez\n\n
127	junta directiva, proyecto atlas marzo\nandres lopez medina andres.medina6@aula.example.org\ndaniela sanz batista daniela.batista32@ventas.convoca.example\n\n
128	consejo academico: transformacion digital\nangel arias hernandez angel.hernandez13@convoca.example\njose ramon garcia goikoetxea jose.goikoetxea250@example.net\n\n
129	reunion con proveedores: seguridad informatica\njorge carrasco gomez jorge.gomez38@aula.example.org\ncarmen gutierrez garcia carmen.garcia252@mail.example\n\n
130	onboarding: atlas\npedro cortes martinez pedro.martinez9@ventas.convoca.example\nmaria gomez garcia maria.garcia53@convoca.example\n\n
131	project meeting: data platform\nluis ramirez martin luis.martin11@aula.example.org\nmarta lozano quinones marta.quinones256@mail.example\n\n
132	reunion de coordinacion 68 – transformacion digital\nlucia lucia de la guardia hernandez\nraul hernandez guerrero raul.guerrero59@ventas.convoca.example\n\n
133	reunion de seguimiento: ventas\nricardo moreno guerrero ricardo.guerrero37@convoca.example\n\n
134	weekly sync, payroll cierre anual\nlisa johnson lisa.johnson21@ventas.convoca.example\nainhoa rodriguez martin ainhoa.martin48@aula.example.org\n\n
135	rendicion de cuentas 31 – chiriqui\nsofia rodriguez hernandez sofia.hernandez8@convoca.example\npedro cortes martinez pedro.martinez9@ventas.convoca.example\n\n
136	entrevista 87 – nomina\nraul hernandez guerrero raul.guerrero59@ventas.convoca.example\njose goikoetxea sanchez jose.sanchez266@mail.example\n\n
137	comite de compras: proteccion de datos\nmark nelson mark.nelson18@aula.example.org\nmaria gomez vidal maria.vidal55@aula.example.org\n\n
138	consejo academico: nomina\nandres elena moreno pardo\nvalentina martinez diaz valentina.diaz40@aula.example.org\n\n
139	weekly sync 90 – data platform\nandres garcia gomez andres.gomez16@ventas.convoca.example\nmarta veronica diaz aguilar marta.aguilar25@ventas.convoca.example\n\n
140	onboarding: zephyr migration\ndiego alonso hernandez diego.hernandez5@aula.example.org\ncarmen ramirez flores carmen.flores274@example.net\n\n
141	asamblea de la cuenca\nana ruiz\nluis pena luis@example.org\neva incierta eva@example.org\nbruno limitado bruno@example.org\nivan recibido ivan@example.org\n\n
142	titulo rechazado\n\n
143	reunion incierta\n\n
144	reunion descartada\n\n
145	reunion adoptada\n\n
146	reunion cancelada\n\n
147	cancelacion incierta\n\n
148	lista borrador\n\n
149	lista en curso\npersona 5 p5@example.org\npersona 3 p3@example.org\npersona 4 p4@example.org\npersona 6 p6@example.org\npersona 7 p7@example.org\npersona 8 p8@example.org\npersona 9 p9@example.org\npersona 10 p10@example.org\npersona 11 p11@example.org\npersona 0 p0@example.org\npersona 1 p1@example.org\npersona 2 p2@example.org\n\n
150	lista pausada\npersona 0 p0@example.org\npersona 1 p1@example.org\npersona 2 p2@example.org\npersona 3 p3@example.org\npersona 4 p4@example.org\npersona 5 p5@example.org\npersona 6 p6@example.org\npersona 7 p7@example.org\npersona 8 p8@example.org\npersona 9 p9@example.org\npersona 10 p10@example.org\npersona 11 p11@example.org\n\n
151	lista detenida\n\n
\.


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.sessions (id, key_hash, account_id, created_at, seen_at) FROM stdin;
1	ed944f4636919c04c6ce611a9ee9b71b7d3f54c40395c661f748f659461b05a6	1	2026-11-30 20:22:29.863759+00	2026-11-30 20:22:29.863759+00
2	e58206f92066192eb37cf14c30912828f8af2f7a018787f35a7de6af88b98808	2	2026-11-30 20:22:29.863759+00	2026-11-30 20:22:29.863759+00
3	39e62d1cb3c8ff715f095fb4c4380064dd26121008e643c6e26627e81546c1ff	3	2026-11-30 20:22:29.863759+00	2026-11-30 20:22:29.863759+00
4	fd94e47244a9c9a167a37c8710268a82391b2a324d829443c33239db6cd84daf	4	2026-11-30 20:22:29.863759+00	2026-11-30 20:22:29.863759+00
\.


--
-- Data for Name: sign_in_attempts; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.sign_in_attempts (id, name_hash, address, at) FROM stdin;
1	aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa	203.0.113.0/24	2026-11-30 20:22:29.996587+00
\.


--
-- Name: accounts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_id_seq', 4, true);


--
-- Name: audit_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_id_seq', 63, true);


--
-- Name: held_forms_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.held_forms_id_seq', 2, true);


--
-- Name: journal_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.journal_id_seq', 49, true);


--
-- Name: lists_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.lists_id_seq', 4, true);


--
-- Name: meetings_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.meetings_id_seq', 162, true);


--
-- Name: participants_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.participants_id_seq', 326, true);


--
-- Name: search_queue_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.search_queue_id_seq', 86, true);


--
-- Name: sessions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sessions_id_seq', 4, true);


--
-- Name: sign_in_attempts_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sign_in_attempts_id_seq', 1, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: accounts pk_accounts; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (id);


--
-- Name: audit pk_audit; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);


--
-- Name: held_forms pk_held_forms; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.held_forms
    ADD CONSTRAINT pk_held_forms PRIMARY KEY (id);


--
-- Name: journal pk_journal; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT pk_journal PRIMARY KEY (id);


--
-- Name: lists pk_lists; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lists
    ADD CONSTRAINT pk_lists PRIMARY KEY (id);


--
-- Name: meetings pk_meetings; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT pk_meetings PRIMARY KEY (id);


--
-- Name: pace pk_pace; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pace
    ADD CONSTRAINT pk_pace PRIMARY KEY (id);


--
-- Name: participants pk_participants; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT pk_participants PRIMARY KEY (id);


--
-- Name: search_queue pk_search_queue; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_queue
    ADD CONSTRAINT pk_search_queue PRIMARY KEY (id);


--
-- Name: search_texts pk_search_texts; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_texts
    ADD CONSTRAINT pk_search_texts PRIMARY KEY (meeting_id);


--
-- Name: sessions pk_sessions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (id);


--
-- Name: sign_in_attempts pk_sign_in_attempts; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT pk_sign_in_attempts PRIMARY KEY (id);


--
-- Name: accounts uq_accounts_subject; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT uq_accounts_subject UNIQUE (subject);


--
-- Name: accounts uq_accounts_username_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT uq_accounts_username_key UNIQUE (username_key);


--
-- Name: audit uq_audit_entry_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT uq_audit_entry_id UNIQUE (entry_id);


--
-- Name: held_forms uq_held_forms_key_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.held_forms
    ADD CONSTRAINT uq_held_forms_key_hash UNIQUE (key_hash);


--
-- Name: journal uq_journal_submission_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT uq_journal_submission_id UNIQUE (submission_id);


--
-- Name: sessions uq_sessions_key_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT uq_sessions_key_hash UNIQUE (key_hash);


--
-- Name: ix_audit_action_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_action_at ON public.audit USING btree (action, at, id);


--
-- Name: ix_audit_actor_action_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_actor_action_at ON public.audit USING btree (actor, action, at, id);


--
-- Name: ix_audit_actor_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_actor_at ON public.audit USING btree (actor, at, id);


--
-- Name: ix_audit_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_at ON public.audit USING btree (at, id);


--
-- Name: ix_audit_meeting_id_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_meeting_id_id ON public.audit USING btree (meeting_id, id);


--
-- Name: ix_audit_subject_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_subject_at ON public.audit USING btree (subject, at, id) WHERE (subject IS NOT NULL);


--
-- Name: ix_held_forms_held_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_held_forms_held_at ON public.held_forms USING btree (held_at);


--
-- Name: ix_journal_calls_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_journal_calls_ended ON public.journal USING btree (ended_at) WHERE (expires_at IS NOT NULL);


--
-- Name: ix_journal_in_flight; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_journal_in_flight ON public.journal USING btree (expires_at) WHERE (ending IS NULL);


--
-- Name: ix_journal_meeting_id_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_journal_meeting_id_id ON public.journal USING btree (meeting_id, id);


--
-- Name: ix_journal_participant_id_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_journal_participant_id_id ON public.journal USING btree (participant_id, id);


--
-- Name: ix_lists_meeting_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_lists_meeting_id ON public.lists USING btree (meeting_id);


--
-- Name: ix_meetings_attention; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_attention ON public.meetings USING btree (starts_at, id) WHERE ((((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('not_sent'::character varying)::text, ('unknown'::character varying)::text])) OR ((cancellation)::text = ANY (ARRAY[('unknown'::character varying)::text, ('not_sent'::character varying)::text])) OR (people_in_trouble > 0)) AND ((state)::text <> 'discarded'::text));


--
-- Name: ix_meetings_attention_mine; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_attention_mine ON public.meetings USING btree (created_by, starts_at, id) WHERE ((((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('not_sent'::character varying)::text, ('unknown'::character varying)::text])) OR ((cancellation)::text = ANY (ARRAY[('unknown'::character varying)::text, ('not_sent'::character varying)::text])) OR (people_in_trouble > 0)) AND ((state)::text <> 'discarded'::text));


--
-- Name: ix_meetings_cancelled; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_cancelled ON public.meetings USING btree (starts_at, id) WHERE ((state)::text = 'cancelled'::text);


--
-- Name: ix_meetings_cancelled_mine; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_cancelled_mine ON public.meetings USING btree (created_by, starts_at, id) WHERE ((state)::text = 'cancelled'::text);


--
-- Name: ix_meetings_in_trouble; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_in_trouble ON public.meetings USING btree (id) WHERE (((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('not_sent'::character varying)::text, ('unknown'::character varying)::text])) OR ((cancellation)::text = ANY (ARRAY[('unknown'::character varying)::text, ('not_sent'::character varying)::text])));


--
-- Name: ix_meetings_kept; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_kept ON public.meetings USING btree (starts_at, id) WHERE ((state)::text <> 'discarded'::text);


--
-- Name: ix_meetings_kept_mine; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_kept_mine ON public.meetings USING btree (created_by, starts_at, id) WHERE ((state)::text <> 'discarded'::text);


--
-- Name: ix_meetings_listed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_listed ON public.meetings USING btree (starts_at, id) WHERE ((state)::text <> ALL (ARRAY[('cancelled'::character varying)::text, ('discarded'::character varying)::text]));


--
-- Name: ix_meetings_listed_mine; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_listed_mine ON public.meetings USING btree (created_by, starts_at, id) WHERE ((state)::text <> ALL (ARRAY[('cancelled'::character varying)::text, ('discarded'::character varying)::text]));


--
-- Name: ix_meetings_public_meeting_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meetings_public_meeting_id ON public.meetings USING btree (public_meeting_id);


--
-- Name: ix_participants_in_trouble; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_participants_in_trouble ON public.participants USING btree (meeting_id, state) WHERE ((state)::text = ANY (ARRAY[('refused'::character varying)::text, ('not_sent'::character varying)::text, ('unknown'::character varying)::text]));


--
-- Name: ix_participants_list_id_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_participants_list_id_state ON public.participants USING btree (list_id, state);


--
-- Name: ix_participants_meeting_id_changed_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_participants_meeting_id_changed_at ON public.participants USING btree (meeting_id, changed_at);


--
-- Name: ix_participants_meeting_id_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_participants_meeting_id_state ON public.participants USING btree (meeting_id, state);


--
-- Name: ix_participants_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_participants_waiting ON public.participants USING btree (id) WHERE ((state)::text = ANY (ARRAY[('queued'::character varying)::text, ('claimed'::character varying)::text]));


--
-- Name: ix_search_queue_meeting_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_search_queue_meeting_id ON public.search_queue USING btree (meeting_id);


--
-- Name: ix_search_texts_grams; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_search_texts_grams ON public.search_texts USING gin (public.search_grams(text));


--
-- Name: ix_sessions_account_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_account_id ON public.sessions USING btree (account_id);


--
-- Name: ix_sessions_seen_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_seen_at ON public.sessions USING btree (seen_at);


--
-- Name: ix_sign_in_attempts_address_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sign_in_attempts_address_at ON public.sign_in_attempts USING btree (address, at);


--
-- Name: ix_sign_in_attempts_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sign_in_attempts_at ON public.sign_in_attempts USING btree (at);


--
-- Name: ix_sign_in_attempts_name_hash_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sign_in_attempts_name_hash_at ON public.sign_in_attempts USING btree (name_hash, at);


--
-- Name: uq_meetings_public_meeting_id_typed; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX uq_meetings_public_meeting_id_typed ON public.meetings USING btree (public_meeting_id) WHERE ((id_source)::text = 'typed'::text);


--
-- Name: uq_participants_meeting_id_email_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX uq_participants_meeting_id_email_key ON public.participants USING btree (meeting_id, email_key) WHERE ((email_key IS NOT NULL) AND ((state)::text <> 'discarded'::text) AND (((state)::text <> 'refused'::text) OR maybe_mailed));


--
-- Name: audit audit_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_is_append_only();


--
-- Name: journal journal_audited; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER journal_audited AFTER INSERT ON public.journal FOR EACH ROW EXECUTE FUNCTION public.audit_journal();


--
-- Name: meetings search_meeting_added; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_meeting_added AFTER INSERT ON public.meetings FOR EACH ROW EXECUTE FUNCTION public.search_meeting_added();


--
-- Name: meetings search_meeting_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_meeting_changed AFTER UPDATE OF title_folded ON public.meetings FOR EACH ROW WHEN ((old.title_folded <> new.title_folded)) EXECUTE FUNCTION public.search_meeting_changed();


--
-- Name: meetings search_meeting_gone; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_meeting_gone AFTER DELETE ON public.meetings FOR EACH ROW EXECUTE FUNCTION public.search_meeting_gone();


--
-- Name: participants search_person_added; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_person_added AFTER INSERT ON public.participants FOR EACH ROW EXECUTE FUNCTION public.search_person_added();


--
-- Name: participants search_person_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_person_changed AFTER UPDATE OF folded, state ON public.participants FOR EACH ROW WHEN (((old.folded <> new.folded) OR (((old.state)::text = 'discarded'::text) <> ((new.state)::text = 'discarded'::text)))) EXECUTE FUNCTION public.search_person_changed();


--
-- Name: participants search_person_gone; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_person_gone AFTER DELETE ON public.participants FOR EACH ROW EXECUTE FUNCTION public.search_person_gone();


--
-- Name: participants trouble_person_added; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER trouble_person_added AFTER INSERT ON public.participants FOR EACH ROW WHEN (((new.state)::text = ANY ((ARRAY['refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[]))) EXECUTE FUNCTION public.trouble_person_added();


--
-- Name: participants trouble_person_gone; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER trouble_person_gone AFTER DELETE ON public.participants FOR EACH ROW WHEN (((old.state)::text = ANY ((ARRAY['refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[]))) EXECUTE FUNCTION public.trouble_person_gone();


--
-- Name: participants trouble_person_moved; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER trouble_person_moved AFTER UPDATE OF state ON public.participants FOR EACH ROW WHEN ((((old.state)::text = ANY ((ARRAY['refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[])) <> ((new.state)::text = ANY ((ARRAY['refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[])))) EXECUTE FUNCTION public.trouble_person_moved();


--
-- Name: audit fk_audit_entry_id_journal; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT fk_audit_entry_id_journal FOREIGN KEY (entry_id) REFERENCES public.journal(id);


--
-- Name: audit fk_audit_meeting_id_meetings; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT fk_audit_meeting_id_meetings FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);


--
-- Name: audit fk_audit_participant_id_participants; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT fk_audit_participant_id_participants FOREIGN KEY (participant_id) REFERENCES public.participants(id);


--
-- Name: held_forms fk_held_forms_account_id_accounts; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.held_forms
    ADD CONSTRAINT fk_held_forms_account_id_accounts FOREIGN KEY (account_id) REFERENCES public.accounts(id);


--
-- Name: journal fk_journal_meeting_id_meetings; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT fk_journal_meeting_id_meetings FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);


--
-- Name: journal fk_journal_participant_id_participants; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT fk_journal_participant_id_participants FOREIGN KEY (participant_id) REFERENCES public.participants(id);


--
-- Name: lists fk_lists_meeting_id_meetings; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lists
    ADD CONSTRAINT fk_lists_meeting_id_meetings FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);


--
-- Name: participants fk_participants_list_id_lists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_list_id_lists FOREIGN KEY (list_id) REFERENCES public.lists(id);


--
-- Name: participants fk_participants_meeting_id_meetings; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_meeting_id_meetings FOREIGN KEY (meeting_id) REFERENCES public.meetings(id);


--
-- Name: sessions fk_sessions_account_id_accounts; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_account_id_accounts FOREIGN KEY (account_id) REFERENCES public.accounts(id);


--
-- PostgreSQL database dump complete
--

\unrestrict GYq45mHljHfzNIGR7Y2zadoISQukof5ldJlcRKnWpE65dlMgusg3kAU3oz8Cvw2

