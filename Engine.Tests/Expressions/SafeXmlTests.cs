using System.Xml;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class SafeXmlTests
{
    [Test]
    public void White_space_between_elements_is_dropped_and_text_is_kept() =>
        Assert.That(SafeXml.Load("<r>\n  <a> x </a>\n</r>").OuterXml, Is.EqualTo("<r><a> x </a></r>"));

    [TestCase("<!DOCTYPE r><r/>")]
    [TestCase("<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>")]
    public void A_document_type_is_an_error(string xml) => Assert.That(() => SafeXml.Load(xml), Throws.TypeOf<XmlException>());

    [Test]
    public void Nesting_beyond_the_limit_is_an_error()
    {
        var xml = string.Concat(Enumerable.Repeat("<a>", 200_000));

        Assert.That(() => SafeXml.Load(xml), Throws.TypeOf<XmlException>().With.Message.Contains("deeper than 256"));
    }

    [Test]
    public void Nesting_up_to_the_limit_is_read() =>
        Assert.That(() => SafeXml.Load(string.Concat(Enumerable.Repeat("<a>", 256)) + string.Concat(Enumerable.Repeat("</a>", 256))), Throws.Nothing);
}
