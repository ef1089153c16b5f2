"""What goes out as XLIFF 2.1 is as its specification says."""

import pytest
from lxml import etree

from leaflets.content.project import Project
from leaflets.exchange.entries import Base, Batch, Entry, list_entries
from leaflets.exchange.xliff import write_xliff2
from leaflets.translation.units import list_source
from tests.exchange.test_transfer import LANGUAGES

GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:oasis:names:tc:xliff:document:2.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start>
    <element name="xliff">
      <attribute name="version" ns=""><value>2.1</value></attribute>
      <attribute name="srcLang" ns=""><data type="language"/></attribute>
      <attribute name="trgLang" ns=""><data type="language"/></attribute>
      <oneOrMore><ref name="file"/></oneOrMore>
    </element>
  </start>
  <define name="file">
    <element name="file">
      <attribute name="id" ns=""><data type="NMTOKEN"/></attribute>
      <attribute name="original" ns=""/>
      <attribute name="space" ns="http://www.w3.org/XML/1998/namespace"><value>preserve</value></attribute>
      <oneOrMore><ref name="unit"/></oneOrMore>
    </element>
  </define>
  <define name="unit">
    <element name="unit">
      <attribute name="id" ns=""><data type="NMTOKEN"/></attribute>
      <attribute name="name" ns=""/>
      <ref name="metadata"/>
      <optional><element name="notes"><oneOrMore><element name="note"><text/></element></oneOrMore></element></optional>
      <ref name="segment"/>
    </element>
  </define>
  <define name="metadata">
    <element name="metadata" ns="urn:oasis:names:tc:xliff:metadata:2.0">
      <element name="metaGroup" ns="urn:oasis:names:tc:xliff:metadata:2.0">
        <attribute name="category" ns=""/>
        <element name="meta" ns="urn:oasis:names:tc:xliff:metadata:2.0"><attribute name="type" ns=""/><text/></element>
      </element>
    </element>
  </define>
  <define name="segment">
    <element name="segment">
      <choice>
        <group>
          <attribute name="state" ns=""><value>translated</value></attribute>
          <element name="source"><text/></element>
          <element name="target"><text/></element>
        </group>
        <group>
          <attribute name="state" ns=""><value>initial</value></attribute>
          <element name="source"><text/></element>
          <optional>
            <attribute name="subState" ns="">
              <data type="string"><param name="pattern">[^\\s:]+:[^\\s:]+</param></data>
            </attribute>
            <element name="target"><text/></element>
          </optional>
        </group>
      </choice>
    </element>
  </define>
</grammar>
"""
"""The part of the core of XLIFF 2.1 and of its metadata module that is written here, after the text of the specification: which
elements, in which order, and which values; that only a segment with a target is translated; and that a sub-state has a prefix.
The schema files of OASIS are not in this project. https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html"""
RULES = etree.RelaxNG(etree.fromstring(GRAMMAR))
ENTRIES = (
    Entry("signs.title", "What are the signs?", "¿Cuáles son las señales?", True, "A heading", base=Base("done", "0" * 12)),
    Entry("signs.intro", "above 38.5 °C & more", "más de 38 °C", previous="above 38 °C", base=Base("stale", "1" * 12)),
    Entry("labels/Page {page} of {pages}", "Page {page} of {pages}"),
)


@pytest.mark.slow
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_goes_out_as_the_specification_says(project: Project, tag: str) -> None:
    tree = etree.fromstring(write_xliff2(Batch(tag, list_entries(project, tag))))
    assert RULES.validate(tree), RULES.error_log
    assert tree.get("trgLang") == tag
    assert len(tree.findall(".//{*}unit")) == len(list_source(project))


def test_texts_that_are_stale_or_missing_go_out_as_it_says_too() -> None:
    tree = etree.fromstring(write_xliff2(Batch("es", ENTRIES)))
    assert RULES.validate(tree), RULES.error_log
    assert [each.get("subState") for each in tree.iterfind(".//{*}segment")] == [None, "leaflets:stale", None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version="2.1"', 'version="1.2"'),
        (' trgLang="es"', ""),
        ('<unit id="signs.title"', '<unit id="signs title"'),
        ('state="translated"', 'state="done"'),
        ('subState="leaflets:stale"', 'subState="stale"'),
        ("<target>¿Cuáles son las señales?</target>", ""),
        ("<notes>", "<note>a</note><notes>"),
    ],
)
def test_what_the_specification_does_not_have_is_found(old: str, new: str) -> None:
    text = write_xliff2(Batch("es", ENTRIES)).decode()
    assert old in text
    assert not RULES.validate(etree.fromstring(text.replace(old, new, 1).encode()))
