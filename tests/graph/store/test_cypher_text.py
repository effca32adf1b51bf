"""The guard: whatever would not only read is refused, however it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import MissingParameter, RefusedQuery
from graph.store.cypher_text import (
    COMMANDS,
    WRITES,
    for_kglite,
    guard,
    require,
    stripped,
    text_of,
    tokens,
)

REFUSED = [
    ("CREATE (n:X) RETURN n", "CREATE"),
    ("create (n:X)", "CREATE"),
    ("MATCH (n) DETACH DELETE n", "DETACH"),
    ("MATCH (n) NODETACH DELETE n", "NODETACH"),
    ("MATCH (n) SET n.x = 1", "SET"),
    ("MERGE (n:X {id:'1'})", "MERGE"),
    ("/* a */ LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", "LOAD CSV"),
    ("LoAd/**/CsV FROM 'file:///etc/passwd' AS l RETURN l", "LOAD CSV"),
    ("// x\nMATCH (n) REMOVE n.name", "REMOVE"),
    ("// x\rLOAD CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
    ("CALL { CREATE (n:X) } RETURN 1 AS x", "CREATE"),
    ("CALL (n) { SET n.x = 1 } RETURN 1 AS x", "SET"),
    ("DROP INDEX x", "DROP"),
    ("MATCH (n) WITH * SET n.x = 1", "SET"),
    ("MATCH (n) WHERE n.x > 1. SET n.y = 2", "SET"),
    ("FOREACH (x IN [1] | CREATE (:X))", "FOREACH"),
    ("INSERT (:X)", "INSERT"),
    ("LO\\u0041D CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
    ("RETURN '\\u0027 AS x CREATE (n) //'", "CREATE"),
    ("\\u000aCREATE (n)", "CREATE"),
    ("MATCH (n) ſET n.x = 1", "SET"),
    ("SHOW INDEXES", "SHOW"),
    ("show settings YIELD name RETURN name", "SHOW"),
    ("MATCH (n) RETURN n SHOW INDEXES", "SHOW"),
    ("TERMINATE TRANSACTIONS 'x'", "TERMINATE"),
    ("USE system SHOW USERS", "USE"),
    ("CALL { USE system MATCH (n) RETURN n } RETURN 1 AS x", "USE"),
    ("ALTER USER neo4j SET PASSWORD 'x'", "ALTER"),
    ("STOP DATABASE neo4j", "STOP"),
    ("GRANT ROLE x TO y", "GRANT"),
    ("CALL apoc.load.json('u')", "CALL apoc.load.json"),
    ("CALL `apoc`.`load`.`json`('u')", "CALL apoc.load.json"),
    ("CALL dbms.components() YIELD name RETURN name", "CALL dbms.components"),
    ("CALL db.labels.more()", "CALL db.labels.more"),
    ("MATCH (n) CALL pagerank() YIELD node RETURN node", "CALL pagerank"),
    ("RETURN genai.vector.encode('a', 'OpenAI') AS x", "genai.vector.encode"),
    ("RETURN apoc . util . sleep (1) AS x", "apoc.util.sleep"),
    ("RETURN `apoc`.x(1) AS x", "apoc.x"),
    ("RETURN 1 AS x; CREATE (n)", "CREATE"),
    ("RETURN 'a' CREATE (n)", "CREATE"),
    ("RETURN 'a\\'' CREATE (n) //'", "CREATE"),
    ("MATCH (n) // '\nDELETE n // '", "DELETE"),
    ("MATCH (`n`) DELETE `n`", "DELETE"),
    ("/* unfinished\nCREATE (n)", "CREATE"),
]
READING = [
    "MATCH (a:Application) WHERE a.name <> 'SET, CREATE // DELETE' RETURN a.id AS id // MERGE",
    'RETURN "LOAD CSV \\" FROM" AS x',
    "RETURN 1 AS `CREATE`",
    "MATCH (n {set: 1, load: 2}) RETURN n.delete AS x, n . create AS y",
    "MATCH (n:Create)-[:SET|MERGE]->(:Load) RETURN n.id AS id",
    "RETURN $set AS x, $`load` AS y",
    "/* CREATE\nDELETE */ RETURN 1 AS x",
    "MATCH (start)-[:PART_OF]->(stop) RETURN start.id AS a, stop.id AS b ORDER BY start.id",
    "MATCH (n) WITH n AS use, 1 AS show WHERE show = 1 AND use.id IS NOT NULL RETURN use.id AS x",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "CALL db.relationshipTypes()",
    "CALL DB.propertyKeys",
    "CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN c",
    "RETURN date.truncate('month', date('2020-01-02')) AS x, duration.inDays($a, $b) AS y",
    "RETURN 1 AS x;",
    "MATCH p = (a)-[:X*1..3]->(b) RETURN [n IN nodes(p) | n.id] AS ids",
    "RETURN [1, 2, 3][0..2] AS x, 1..5 AS y",
    'RETURN "it\'s" AS x, \'say "SET"\' AS y',
]


@pytest.mark.parametrize(("text", "word"), REFUSED)
def test_what_does_not_only_read_is_refused(text: str, word: str) -> None:
    with pytest.raises(RefusedQuery) as e:
        guard(text)
    assert e.value.facts["word"] == word


@pytest.mark.parametrize("text", READING)
def test_what_reads_passes(text: str) -> None:
    guard(text)


BLANK = st.sampled_from([" ", "\n", "\t", "\r\n", "\u00a0", "/**/", "/* x */", "// y\n", "/*'*/"])
BLANKS = st.lists(BLANK, min_size=1, max_size=3).map("".join)
FORBIDDEN = [
    ("LOAD", "CSV", "FROM", "'file:///x'", "AS", "l"),
    ("CREATE", "(n:X)"),
    ("MERGE", "(n:X)"),
    ("DETACH", "DELETE", "n"),
    ("DELETE", "n"),
    ("REMOVE", "n.x"),
    ("SET", "n.x", "=", "1"),
    ("DROP", "CONSTRAINT", "x"),
    ("FOREACH", "(x", "IN", "[1]", "|", "SET", "n.x", "=", "x)"),
    ("CALL", "apoc.load.json('u')"),
    ("SHOW", "TRANSACTIONS"),
]
BEFORE = ["", "MATCH (n)", "MATCH (n) WHERE n.x = 'CREATE'", "WITH 1 AS n", "UNWIND [1] AS n"]
AFTER = ["", "RETURN 1 AS x", "RETURN '\"' AS x", "// end", "/* end */"]


@st.composite
def forbidden(draw: st.DrawFn) -> str:
    words = draw(st.sampled_from(FORBIDDEN))
    parts = [draw(st.sampled_from(BEFORE)), *words, draw(st.sampled_from(AFTER))]
    text = "".join(part + draw(BLANKS) for part in parts)
    flips = draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    inside = draw(st.booleans())
    text = "".join(c.swapcase() if f else c for c, f in zip(text, flips, strict=True))
    return f"CALL {{ {text}\n }} RETURN 1 AS y" if inside else text


@given(forbidden())
def test_no_spelling_of_a_forbidden_clause_passes(text: str) -> None:
    with pytest.raises(RefusedQuery):
        guard(text)


@given(st.text(alphabet="abcXYZ \n*/'\"`", max_size=20), st.sampled_from(sorted(WRITES | COMMANDS)))
def test_words_in_strings_comments_and_names_are_not_meant(noise: str, word: str) -> None:
    inner = f"{noise} {word} (n) {noise}"
    string = "'" + inner.replace("'", "\\'") + "'"
    double = '"' + inner.replace('"', '\\"') + '"'
    quoted = "`" + inner.replace("`", "``") + "`"
    comment = "/*" + inner.replace("*/", "").replace("*", "") + "*/"
    line = "//" + inner.replace("\n", " ")
    guard(f"MATCH (n) {comment} WHERE n.x = {string} RETURN {double} AS {quoted} {line}")


@given(st.text(max_size=60))
def test_tokens_put_together_are_the_text_without_comments(text: str) -> None:
    again = text_of(tokens(text))
    assert text_of(tokens(again)) == again


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RETURN 1 AS x /* a */ ; // b", "RETURN 1 AS x"),
        ("RETURN 'a // b' AS x", "RETURN 'a // b' AS x"),
        ("RETURN /* a\nb */ 1 AS x", "RETURN  \n 1 AS x"),
    ],
)
def test_comments_are_taken_out_and_lines_stay(text: str, expected: str) -> None:
    assert stripped(text) == expected


def test_a_parameter_without_a_value_is_named() -> None:
    require("RETURN $a AS x, '$b' AS y // $c", {"a": None})
    with pytest.raises(MissingParameter) as e:
        require("RETURN $a AS x, $b AS y", {"a": 1})
    assert e.value.facts == {"name": "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "MATCH (a) WHERE EXISTS { (a)-[:T]->(b)<-[:T]-(c) } RETURN a",
            "MATCH (a) WHERE EXISTS { (a)-[:T]->(b)<-[:T]-(c) WHERE true } RETURN a",
        ),
        (
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE b.x = 1 } RETURN a",
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE b.x = 1 } RETURN a",
        ),
        (
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) RETURN b } RETURN a",
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) RETURN b } RETURN a",
        ),
        (
            "MATCH (a) WHERE 1 < COUNT { MATCH (a)-->(b) WHERE b.x = '}' } RETURN a",
            "MATCH (a) WHERE 1 < COUNT { (a)-->(b) WHERE b.x = '}' } RETURN a",
        ),
        (
            "MATCH (a) WHERE NOT (a)<-[:T]-(:B)-[:T]->() RETURN a",
            "MATCH (a) WHERE NOT EXISTS { MATCH (a)<-[:T]-(:B)-[:T]->() WHERE true } RETURN a",
        ),
        (
            "MATCH (a) WHERE (a.x) - (a.y) > 1 AND (a.z) <- 1 RETURN a",
            "MATCH (a) WHERE (a.x) - (a.y) > 1 AND (a.z) <- 1 RETURN a",
        ),
        (
            "MATCH (a) WHERE (COUNT { (a)-->() } = 0) RETURN a",
            "MATCH (a) WHERE ( 0 +COUNT { (a)-->() } = 0) RETURN a",
        ),
        ("RETURN 1 IN [t IN l | t] AS x", "RETURN 1 IN ( [t IN l | t] ) AS x"),
        ("RETURN 1 IN [1, 2] AS x", "RETURN 1 IN [1, 2] AS x"),
        (
            "RETURN round(round(1.5) * 2) AS x, round(1, 2) AS y, n.round AS z",
            "RETURN floor( (floor( (1.5 ) + 0.5) * 2 ) + 0.5) AS x, round(1, 2) AS y, n.round AS z",
        ),
        ("MATCH (a WHERE (a)-->(", "MATCH (a WHERE (a)-->("),
    ],
)
def test_the_embedded_engine_gets_what_it_needs(text: str, expected: str) -> None:
    assert for_kglite(text) == expected
