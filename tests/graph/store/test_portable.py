"""The lint of the portable subset: what it refuses, and what it must let pass."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store.portable import Remark, lint
from graph.texts import LANGUAGES, texts

REFUSED: list[tuple[str, str]] = [
    ("refused", "MATCH (n) DELETE n"),
    ("brackets", "MATCH (n RETURN n.id AS id ORDER BY id"),
    ("brackets", "MATCH (n] RETURN n.id AS id ORDER BY id"),
    ("begins", "WHERE true RETURN 1 AS x"),
    ("begins", ""),
    ("foreign", "MATCH (n) FILTER n.x = 1 RETURN n.id AS id ORDER BY id"),
    ("foreign", "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x ORDER BY x"),
    ("foreign", "MATCH p = SHORTEST 1 (a)-->(b) RETURN length(p) AS n ORDER BY n"),
    ("foreign", "MATCH (n) RETURN COLLECT { MATCH (n)-->(m) RETURN m.id AS m } AS x ORDER BY x"),
    ("foreign", "MATCH (n) RETURN n.x IS :: INTEGER AS x ORDER BY x"),
    ("foreign", "MATCH (n) RETURN n.x || 'a' AS x ORDER BY x"),
    ("inline-where", "MATCH (n WHERE n.x = 1) RETURN n.id AS id ORDER BY id"),
    ("inline-where", "MATCH ()-[r WHERE r.x = 1]->() RETURN r.id AS id ORDER BY id"),
    (
        "count-in-optional",
        (
            "MATCH (n) OPTIONAL MATCH (n)-->(m) WHERE COUNT { (m)-->() } > 1 "
            "RETURN n.id AS id, m.id AS m ORDER BY id, m"
        ),
    ),
    ("unbounded", "MATCH (a)-[:T*]->(b) RETURN a.id AS id ORDER BY id"),
    ("unbounded", "MATCH (a)-[*2..]->(b) RETURN a.id AS id ORDER BY id"),
    ("quantified", "MATCH (a)-[:T]->{1,3}(b) RETURN a.id AS id ORDER BY id"),
    ("quantified", "MATCH (a) ((x)-->(y)){1,2} (b) RETURN a.id AS id ORDER BY id"),
    ("quantified", "MATCH (a)-[:T]->+(b) RETURN a.id AS id ORDER BY id"),
    ("label-expression", "MATCH (n:!A) RETURN n.id AS id ORDER BY id"),
    ("label-expression", "MATCH (n:A&B) RETURN n.id AS id ORDER BY id"),
    ("function", "MATCH (n) RETURN isEmpty(n.x) AS x ORDER BY x"),
    ("function", "MATCH (n) RETURN lower(n.x) AS x ORDER BY x"),
    ("function", "MATCH (n) RETURN n.k AS k, percentileCont(n.x, 0.5) AS x ORDER BY k"),
    ("function-reverse", "MATCH (n) RETURN reverse(n.aliases) AS x ORDER BY x"),
    ("function-date-truncate", "MATCH (n) RETURN date.truncate('month', n.x) AS x ORDER BY x"),
    ("function-stdev", "MATCH (n) RETURN n.k AS k, stDev(n.x) AS x ORDER BY k"),
    ("function-id", "MATCH (n) RETURN id(n) AS x ORDER BY x"),
    ("function-elementid", "MATCH (n) RETURN elementId(n) AS x ORDER BY x"),
    ("function-keys", "MATCH (n) RETURN keys(n) AS x ORDER BY x"),
    ("function-properties", "MATCH (n) RETURN properties(n) AS x ORDER BY x"),
    ("function-duration-between", "MATCH (n) RETURN duration.between(n.a, n.b) AS x ORDER BY x"),
    ("function-timestamp", "RETURN timestamp() AS x ORDER BY x"),
    ("range-step", "UNWIND range(1, 5, 2) AS x RETURN x ORDER BY x"),
    ("round-digits", "MATCH (n) RETURN round(n.x, 2) AS x ORDER BY x"),
    ("today", "MATCH (n) WHERE n.since < toString(date()) RETURN n.id AS id ORDER BY id"),
    ("map-projection", "MATCH (n) WHERE (n {.a}.a = 1) RETURN n.id AS id ORDER BY id"),
    ("list-plus-null", "MATCH (n) RETURN n.aliases + ['a'] AS x ORDER BY x"),
    ("list-plus-null", "MATCH (n) RETURN ['a'] + n.aliases AS x ORDER BY x"),
    ("regex-odd", "MATCH (n) WHERE n.x =~ '(?=a).*' RETURN n.id AS id ORDER BY id"),
    ("regex-odd", "MATCH (n) WHERE n.x =~ $pattern RETURN n.id AS id ORDER BY id"),
    ("regex-case", "MATCH (n) WHERE n.x =~ '(?i)é' RETURN n.id AS id ORDER BY id"),
    ("reserved-property", "MATCH (n) RETURN n.title AS x ORDER BY x"),
    ("cut-without-order", "MATCH (n) WITH n LIMIT 5 RETURN n.id AS id ORDER BY id"),
    ("cut-without-order", "MATCH (n) WITH n SKIP 2 RETURN n.id AS id ORDER BY id"),
    ("unordered", "MATCH (n) RETURN n.id AS id"),
    ("unordered", "MATCH (n) RETURN n.kind AS kind, count(*) AS n"),
    ("without-alias", "MATCH (n) RETURN n.id ORDER BY n.id"),
    ("whole-node", "MATCH (n:A) RETURN n ORDER BY n.id"),
    ("whole-node", "MATCH (n:A)-[r:T]->() RETURN n.id AS id, r AS edge ORDER BY id"),
    ("whole-node", "MATCH (n:A) RETURN * ORDER BY n.id"),
    ("order-by-average", "MATCH (n) RETURN n.kind AS k, avg(n.x) AS a ORDER BY a, k"),
    (
        "order-by-average",
        "MATCH (n) WITH n.kind AS k, avg(n.x) AS a WITH k, a + 1 AS b RETURN k ORDER BY b, k",
    ),
    (
        "order-by-default",
        "MATCH (n) OPTIONAL MATCH (n)-->(m) RETURN n.id AS id, coalesce(m.x, 0) AS c ORDER BY c",
    ),
    (
        "order-by-default",
        (
            "MATCH (n) OPTIONAL MATCH (n)-->(m) WITH n.id AS id, coalesce(m.x, 0) AS c "
            "RETURN id, c ORDER BY c, id"
        ),
    ),
]
PORTABLE = [
    "MATCH (n) RETURN count(*) AS n",
    "MATCH (n:A|B) WHERE n.x =~ '(?i).*pajak.*' RETURN n.id AS id ORDER BY id LIMIT 5",
    "MATCH (a)-[:T*1..3]->(b), (c)-[*2]->(d) RETURN count(DISTINCT b.id) AS n",
    "MATCH (a) WHERE all(x IN a.aliases WHERE x <> '') RETURN a.id AS id ORDER BY id",
    "MATCH (a) RETURN [x IN a.aliases WHERE x STARTS WITH 'a' | x] AS xs, a.id AS id ORDER BY id",
    "MATCH (n) RETURN coalesce(n.aliases, []) + ['a'] AS x, [1] + [2] AS y, n.id AS id ORDER BY id",
    "MATCH (n) RETURN n.list[0] + n.x AS x, n.id AS id ORDER BY id",
    "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN n.id AS id, c ORDER BY id",
    "MATCH (n) CALL { WITH n MATCH (n)-->(m) RETURN m.id AS m } RETURN n.id AS id, m ORDER BY id",
    (
        "MATCH (n) OPTIONAL MATCH (n)-->(m) WITH n.id AS id, m.x AS v "
        "RETURN id, coalesce(v, 0) AS c ORDER BY c, id"
    ),
    (
        "MATCH (n) OPTIONAL MATCH (n)-->(m) WHERE EXISTS { MATCH (m)-->() } "
        "RETURN n.id AS id, m.id AS m ORDER BY id, m"
    ),
    "MATCH (n) WHERE COUNT { (n)-->() } > 1 RETURN n.id AS id ORDER BY id",
    "MATCH (n) RETURN n.kind AS k, round(avg(n.x) * 1000) AS a ORDER BY a, k",
    "MATCH (a:A {id: $id}), p = shortestPath((a)-[:T*..8]-(b:B)) RETURN length(p) AS n ORDER BY n",
    "MATCH (n) WITH n.kind AS groups, count(*) AS for RETURN groups, for ORDER BY for DESC, groups",
    "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t",
    "MATCH (n) WITH n ORDER BY n.id LIMIT 3 RETURN collect(n.id) AS ids",
    "MATCH (n) RETURN n.id AS id ORDER BY id UNION MATCH (n) RETURN n.id AS id ORDER BY id",
    "MATCH (n) WHERE date(n.since) < date($today) RETURN n.id AS id ORDER BY id",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "MATCH (n) RETURN n {.id, .name} AS x, n.id AS id ORDER BY id;",
]


def rules(text: str, parameters: dict[str, Any] | None = None) -> list[str]:
    return [remark.rule for remark in lint(text, parameters)]


@pytest.mark.parametrize(("rule", "text"), REFUSED)
def test_what_differs_on_the_engines_is_remarked(rule: str, text: str) -> None:
    assert rules(text, {"pattern": "a++"}) == [rule]


@pytest.mark.parametrize("text", PORTABLE)
def test_what_is_the_same_on_both_engines_passes(text: str) -> None:
    assert lint(text) == []


def test_every_sentence_is_said_by_a_rule() -> None:
    said = {rule for rule, _ in REFUSED}
    for lang in LANGUAGES:
        keys = {k.removeprefix("portable.") for k in texts(lang) if k.startswith("portable.")}
        assert keys == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_remark_names_the_word(lang: str) -> None:
    assert "isEmpty".casefold() in Remark("function", "isempty").text(lang)
    (remark,) = lint("MATCH (n) RETURN isEmpty(n.x) AS x ORDER BY x")
    assert "isempty()" in remark.text(lang)


def test_a_remark_is_made_once() -> None:
    text = "MATCH (n) RETURN reverse(n.a) AS a, reverse(n.b) AS b ORDER BY a, b"
    assert rules(text) == ["function-reverse"]
