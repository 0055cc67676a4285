using System.Xml;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class ParsedXmlTests
{
    [TestCase("<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>")]
    [TestCase("<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><r>&a;</r>")]
    public void An_entity_is_neither_expanded_nor_fetched(string xml) => Assert.That(() => ParsedXml.Parse(new FixedContext(), xml), Throws.TypeOf<XmlException>());

    [TestCase("<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/r.dtd\"><r/>")]
    [TestCase("<!DOCTYPE r [<!ATTLIST r a CDATA \"default\">]><r/>")]
    [TestCase("<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]><r/>")]
    public void A_document_type_changes_nothing(string xml) => Assert.That(ParsedXml.Parse(new FixedContext(), xml).Document.OuterXml, Is.EqualTo("<r />"));

    [Test]
    public void Entities_that_double_each_other_are_an_error()
    {
        var entities = string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">"));
        var xml = $"<!DOCTYPE r [<!ENTITY a0 \"ha\">{entities}]><r>&a30;</r>";

        Assert.That(() => ParsedXml.Parse(new FixedContext(), xml), Throws.TypeOf<XmlException>());
    }

    [TestCase("<!DOCTYPE")]
    [TestCase("<!DOCTYPE r")]
    [TestCase("<!DOCTYPE r PUBLIC \"x\"><r/>")]
    [TestCase("<!DOCTYPE r SYSTEM \"x><r/>")]
    [TestCase("<!DOCTYPE r [<!-- ><r/>")]
    [TestCase("<!DOCTYPE r [\"]><r/>")]
    [TestCase("<!DOCTYPE r [] x><r/>")]
    [TestCase("<!DOCTYPE 1><r/>")]
    [TestCase("<!-- <r/>")]
    [TestCase("<r/><!DOCTYPE r>")]
    [TestCase("<!DOCTYPE r><!DOCTYPE r><r/>")]
    public void A_broken_document_type_is_an_error(string xml) => Assert.That(() => ParsedXml.Parse(new FixedContext(), xml), Throws.TypeOf<XmlException>());

    [Test]
    public void An_error_behind_a_document_type_stands_where_it_stood() =>
        Assert.That(() => ParsedXml.Parse(new FixedContext(), "<!DOCTYPE r [\n<!ELEMENT r ANY>\n]>\n<r></q>"), Throws.TypeOf<XmlException>().With.Property("LineNumber").EqualTo(4));
}
