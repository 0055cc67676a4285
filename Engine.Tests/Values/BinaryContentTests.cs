namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
internal sealed class BinaryContentTests
{
    [Test]
    public void An_object_of_type_and_content_is_content()
    {
        var content = BinaryContent.FromValue(FlowValue.Parse("""{"$content-type":"text/plain","$content":"aGk="}"""));

        Assert.That(content, Is.EqualTo(new BinaryContent("text/plain", "aGk=")));
    }

    [Test]
    public void Parts_of_a_form_do_not_make_it_something_else() =>
        Assert.That(BinaryContent.FromValue(FlowValue.Parse("""{"$content-type":"a/b","$content":"","$multipart":[]}""")), Is.Not.Null);

    [TestCase("""{"$content-type":"text/plain","$content":"aGk=","y":1}""")]
    [TestCase("""{"$content-type":"text/plain","$content":1}""")]
    [TestCase("""{"$content":"aGk="}""")]
    [TestCase("\"aGk=\"")]
    public void Anything_else_is_data(string json) => Assert.That(BinaryContent.FromValue(FlowValue.Parse(json)), Is.Null);

    [Test]
    public void Bytes_become_the_object_that_flows_see() =>
        Assert.That(
            BinaryContent.FromText(BinaryContent.OctetStream, "hi").ToValue().ToJson(),
            Is.EqualTo("""{"$content-type":"application/octet-stream","$content":"aGk="}"""));

    [TestCase("application/octet-stream", "w6Q=", "ä")]
    [TestCase("text/plain;charset=iso-8859-1", "5A==", "ä")]
    [TestCase("text/plain; x=y; CHARSET=\"windows-1252\"", "gA==", "€")]
    [TestCase("text/plain", "5A==", "�")]
    public void Text_is_decoded_by_the_charset_of_its_type(string type, string base64, string text) =>
        Assert.That(new BinaryContent(type, base64).ToText(), Is.EqualTo(text));

    [TestCase("text/plain;base64", "aGk=")]
    [TestCase("text/plain;charset=martian", "aGk=")]
    [TestCase("text/plain", "aGVsbG8%20gd29ybGQ=")]
    public void A_type_or_base64_that_makes_no_sense_has_no_text(string type, string base64) =>
        Assert.That(() => new BinaryContent(type, base64).ToText(), Throws.TypeOf<FormatException>());
}
