"""Every directed relation in the graph, one constant each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from graph.schema.codes import Certainty, Direction, ExchangeStatus
from graph.schema.core import Entity, Prop, Relation
from graph.schema.nodes import (
    Agency,
    Application,
    DataEntity,
    Finding,
    Function,
    Innovation,
    Interface,
    Region,
    Regulation,
    Service,
    Source,
)

Quote = Annotated[str | None, Prop("sim:quote", "Kutipan uraian", "Words of the source", lang="id")]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What is known about data that goes from one application to another."""

    kind: Annotated[Certainty, Prop("sim:certainty", "Kepastian", "Certainty")]
    status: Annotated[ExchangeStatus, Prop("sim:exchangeStatus", "Status", "Status")]
    data: Annotated[str | None, Prop("sim:data", "Data", "Data", ref="DataEntity")] = None
    channel: Annotated[str | None, Prop("sim:channel", "Kanal", "Channel")] = None
    protocol: Annotated[str | None, Prop("sim:protocol", "Protokol", "Protocol")] = None
    join_keys: Annotated[tuple[str, ...], Prop("sim:joinKey", "Kunci penghubung", "Join keys")] = ()
    since: Annotated[str | None, Prop("sim:since", "Sejak", "Since")] = None
    agreement: Annotated[str | None, Prop("sim:agreement", "Dasar", "Basis")] = None
    reason: Annotated[str | None, Prop("sim:reason", "Keterangan", "Remark", lang="en")] = None
    confidence: Annotated[
        str | None, Prop("sim:sourceConfidence", "Keyakinan sumber", "Confidence of the source")
    ] = None
    direction: Annotated[
        Direction | None, Prop("sim:directionKnown", "Arah", "How the direction is known")
    ] = None
    quote: Quote = None


@dataclass(frozen=True, kw_only=True)
class Naming:
    """The words that name the other end."""

    quote: Quote = None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Why an application is held to perform a function."""

    confidence: Annotated[
        float, Prop("sim:confidence", "Keyakinan", "Confidence", minimum=0, maximum=1)
    ]
    rank: Annotated[int, Prop("sim:rank", "Peringkat", "Rank", minimum=1)]
    words: Annotated[
        tuple[str, ...], Prop("sim:decidingWord", "Kata penentu", "Deciding words", lang="id")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How sure a pair is."""

    probability: Annotated[
        float, Prop("sim:probability", "Peluang", "Probability", minimum=0, maximum=1)
    ]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """What was decided about one member of a finding."""

    disposition: Annotated[str | None, Prop("sim:disposition", "Disposisi", "Disposition")] = None


PART_OF = Relation(
    "PART_OF",
    (Agency,),
    (Agency,),
    "org:subOrganizationOf",
    ("bagian dari", "membawahi"),
    ("part of", "has part"),
    "Composition",
    "A unit is part of a larger body.",
)
SUCCEEDED_BY = Relation(
    "SUCCEEDED_BY",
    (Agency,),
    (Agency,),
    "dct:isReplacedBy",
    ("digantikan oleh", "menggantikan"),
    ("succeeded by", "succeeds"),
    "Association",
    "A body whose duties went to another one.",
)
LOCATED_IN = Relation(
    "LOCATED_IN",
    (Agency, Region),
    (Region,),
    "dct:spatial",
    ("berada di", "meliputi"),
    ("located in", "covers"),
    "Association",
    "The region a body or a smaller region belongs to.",
)
OWNS = Relation(
    "OWNS",
    (Agency,),
    (Application,),
    "^dct:rightsHolder",
    ("memiliki", "dimiliki oleh"),
    ("owns", "owned by"),
    "Assignment",
    "A body that holds the rights over an application.",
)
USES = Relation(
    "USES",
    (Agency,),
    (Application,),
    "sim:uses",
    ("menggunakan", "digunakan oleh"),
    ("uses", "used by"),
    "Serving",
    "A body that reports or is reported to use an application.",
)
PROVIDES = Relation(
    "PROVIDES",
    (Agency,),
    (Service, Interface),
    "^cv:hasCompetentAuthority",
    ("menyelenggarakan", "diselenggarakan oleh"),
    ("provides", "provided by"),
    "Assignment",
    "The body responsible for a service or an interface.",
)
SUPPORTS = Relation(
    "SUPPORTS",
    (Application,),
    (Service,),
    "sim:supports",
    ("mendukung", "didukung oleh"),
    ("supports", "supported by"),
    "Serving",
    "A service that an application is for, named by the words that describe the application.",
    props_cls=Naming,
)
MASTERS = Relation(
    "MASTERS",
    (Application,),
    (DataEntity,),
    "sim:masters",
    ("menginduki", "berinduk di"),
    ("masters", "mastered by"),
    "Access(write)",
    "The application whose copy of a data entity is the authoritative one.",
)
READS = Relation(
    "READS",
    (Application,),
    (DataEntity,),
    "sim:reads",
    ("membaca", "dibaca oleh"),
    ("reads", "read by"),
    "Access(read)",
    "An application that receives a data entity from another one.",
)
STEWARDS = Relation(
    "STEWARDS",
    (Agency,),
    (DataEntity,),
    "sim:stewards",
    ("walidata untuk", "berwalidata"),
    ("stewards", "stewarded by"),
    "Assignment",
    "The body responsible for a data entity (walidata).",
)
EXPOSES = Relation(
    "EXPOSES",
    (Application,),
    (Interface,),
    "sim:exposes",
    ("membuka", "dibuka oleh"),
    ("exposes", "exposed by"),
    "Composition",
    "The application whose interface this is.",
)
CARRIES = Relation(
    "CARRIES",
    (Interface,),
    (DataEntity,),
    "sim:carries",
    ("membawa", "dibawa oleh"),
    ("carries", "carried by"),
    "Association",
    "A data entity that goes over an interface.",
)
PUBLISHED_ON = Relation(
    "PUBLISHED_ON",
    (Interface,),
    (Application,),
    "sim:publishedOn",
    ("diterbitkan di", "menerbitkan"),
    ("published on", "publishes"),
    "Association",
    "The gateway through which an interface is reached.",
)
SUBSCRIBES = Relation(
    "SUBSCRIBES",
    (Application,),
    (Interface,),
    "sim:subscribes",
    ("berlangganan", "dilanggan oleh"),
    ("subscribes to", "subscribed by"),
    "Association",
    "An application that may call an interface.",
)
INITIATED = Relation(
    "INITIATED",
    (Agency,),
    (Innovation,),
    "^prov:wasAssociatedWith",
    ("menggagas", "digagas oleh"),
    ("initiated", "initiated by"),
    "Assignment",
    "The body in which an innovation was made, or which entered it.",
)
ORIGINATES_FROM = Relation(
    "ORIGINATES_FROM",
    (Application,),
    (Innovation,),
    "prov:wasGeneratedBy",
    ("lahir dari", "melahirkan"),
    ("originates from", "origin of"),
    "Association",
    "The project whose title names the application.",
)
INTEGRATES_WITH = Relation(
    "INTEGRATES_WITH",
    (Application,),
    (Application,),
    "sim:integratesWith",
    ("mengirim data ke", "menerima data dari"),
    ("sends data to", "receives data from"),
    "Flow",
    "Data goes, went or was refused from one application to another.",
    props_cls=Exchange,
    key=("data", "channel", "status"),
)
PERFORMS = Relation(
    "PERFORMS",
    (Application,),
    (Function,),
    "sim:performs",
    ("melaksanakan", "dilaksanakan oleh"),
    ("performs", "performed by"),
    "Assignment",
    "A job that an application does, found by the words that describe it.",
    props_cls=Assignment,
)
COVERS = Relation(
    "COVERS",
    (Application,),
    (Function,),
    "sim:covers",
    ("mencakup", "dicakup oleh"),
    ("covers", "covered by"),
    "Realization",
    "A general application that is meant for a function, by regulation.",
)
BASED_ON = Relation(
    "BASED_ON",
    (Application,),
    (Regulation,),
    "sim:basedOn",
    ("berdasarkan", "mendasari"),
    ("based on", "basis of"),
    "Influence",
    "The decree that designates an application.",
)
CHANNEL_OF = Relation(
    "CHANNEL_OF",
    (Application,),
    (Application,),
    "sim:channelOf",
    ("kanal dari", "berkanal"),
    ("channel of", "has channel"),
    "Aggregation",
    "The mobile, web or desktop side of a product that another node stands for.",
)
DERIVED_FROM = Relation(
    "DERIVED_FROM",
    (Entity,),
    (Source,),
    "prov:wasDerivedFrom",
    ("bersumber dari", "sumber bagi"),
    ("derived from", "source of"),
    "Association",
    "The source in which a node is described or mentioned.",
)
SAME_AS = Relation(
    "SAME_AS",
    (Application,),
    (Application,),
    "sim:sameAs",
    ("mungkin sama dengan", "mungkin sama dengan"),
    ("may be the same as", "may be the same as"),
    "Association",
    "Two nodes that perhaps describe one application: a suggestion.",
    props_cls=Likeness,
    visibility="internal",
)
SIMILAR_TO = Relation(
    "SIMILAR_TO",
    (Application,),
    (Application,),
    "sim:similarTo",
    ("serupa dengan", "serupa dengan"),
    ("similar to", "similar to"),
    "Association",
    "Two applications that probably do the same job.",
    props_cls=Likeness,
    visibility="internal",
)
MEMBER_OF = Relation(
    "MEMBER_OF",
    (Application,),
    (Finding,),
    "sim:memberOf",
    ("termasuk temuan", "beranggotakan"),
    ("member of", "has member"),
    "Association",
    "An application that a finding is about.",
    props_cls=Membership,
)
