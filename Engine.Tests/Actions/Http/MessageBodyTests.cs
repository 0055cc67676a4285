using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class MessageBodyTests
{
    // Runtime reference, 3.14 and 4.2; the form rows are recorded (trigger-form-body, trigger-form-odd-pairs).
    private static readonly TestCaseData[] Responses =
    [
        Row("JSON is parsed", "application/json", """{"a":1}""", """{"a":1}"""),
        Row("types in +json are parsed", "application/problem+json; charset=utf-8", """{"title":"x"}""", """{"title":"x"}"""),
        Row("a JSON string loses its quotes", "application/json", "\"s\"", "\"s\""),
        Row("JSON null is a null body", "application/json", "null", "null"),
        Row("text is text", "text/csv", "a,b\r\n1,2", "\"a,b\\r\\n1,2\""),
        Row("no type is text", null, "plain", "\"plain\""),
        Row("XML is content", "application/xml", "<a/>", """{"$content-type":"application/xml","$content":"PGEvPg=="}"""),
        Row("other types are content, with the type as sent", "image/png; x=1", "hi", """{"$content-type":"image/png; x=1","$content":"aGk="}"""),
        Row(
            "a form carries its fields",
            "application/x-www-form-urlencoded",
            "a=1&b=x&b=2&c=x+y%2Bz&sp%20ace=%C3%A4&empty=",
            """
            {"$content-type":"application/x-www-form-urlencoded","$content":"YT0xJmI9eCZiPTImYz14K3klMkJ6JnNwJTIwYWNlPSVDMyVBNCZlbXB0eT0=","$formdata":[
            {"key":"a","value":"1"},{"key":"b","value":"x"},{"key":"b","value":"2"},{"key":"c","value":"x y+z"},{"key":"sp ace","value":"ä"},{"key":"empty","value":""}]}
            """),
    ];

    private static TestCaseData Row(string name, string? type, string body, string expected) => new TestCaseData(type, body, expected).SetName($"Response body: {name}");

    [TestCaseSource(nameof(Responses))]
    public void A_response_body_is_read_by_its_type(string? contentType, string body, string expected)
    {
        var decoded = MessageBody.Decode(Encoding.UTF8.GetBytes(body), contentType, MessageKind.Response);

        Assert.That(decoded.IsPresent);
        Assert.That(decoded.Value.ToJson(), Is.EqualTo(FlowValue.Parse(expected).ToJson()));
    }

    [Test]
    public void No_bytes_are_no_body([Values("application/json", "text/plain", null)] string? contentType, [Values] MessageKind kind) =>
        Assert.That(MessageBody.Decode([], contentType, kind).IsPresent, Is.False);

    [Test]
    public void A_request_body_without_type_is_binary_content() => Assert.That(
        MessageBody.Decode("hi"u8, null, MessageKind.Request).Value.ToJson(),
        Is.EqualTo("""{"$content-type":"application/octet-stream","$content":"aGk="}"""));

    [Test]
    public void Odd_form_parts_are_kept() => Assert.That(
        MessageBody.Decode("test&x=y=z&&==="u8, "application/x-www-form-urlencoded", MessageKind.Request).Value["$formdata"].ToJson(),
        Is.EqualTo("""[{"key":"test","value":""},{"key":"x","value":"y=z"},{"key":"","value":""},{"key":"","value":"=="}]"""));

    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void A_form_of_more_fields_than_anyone_fills_in_stays_content(int fields, bool isRead)
    {
        var body = MessageBody.Decode(Encoding.UTF8.GetBytes(new string('&', fields - 1)), "application/x-www-form-urlencoded", MessageKind.Response).Value;

        Assert.That(body["$formdata"].AsArrayOrNull?.Count, Is.EqualTo(isRead ? fields : null));
        Assert.That(body["$content"].IsString);
    }

    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void A_message_of_more_parts_than_anyone_sends_stays_content(int parts, bool isRead)
    {
        var text = string.Concat(Enumerable.Repeat("--b\n\n\n", parts)) + "--b--";
        var body = MessageBody.Decode(Encoding.UTF8.GetBytes(text), "multipart/mixed; boundary=b", MessageKind.Response).Value;

        Assert.That(body["$multipart"].AsArrayOrNull?.Count, Is.EqualTo(isRead ? parts : null));
        Assert.That(body["$content"].IsString);
    }

    [Test]
    public void Text_is_read_in_its_charset() => Assert.That(
        MessageBody.Decode([0xE4, 0x80], "text/plain; charset=\"windows-1252\"", MessageKind.Response).Value.AsString, Is.EqualTo("ä€"));

    [TestCase("utf-7")]
    [TestCase("martian")]
    public void Text_in_an_unknown_charset_is_read_as_UTF_8_by_assumption(string charset) => Assert.That(
        MessageBody.Decode("ä"u8, $"text/plain; charset={charset}", MessageKind.Response).Value.AsString, Is.EqualTo("ä"));

    [Test]
    public void A_byte_order_mark_is_removed()
    {
        Assert.That(MessageBody.Decode([0xEF, 0xBB, 0xBF, (byte)'x'], "text/plain", MessageKind.Response).Value.AsString, Is.EqualTo("x"));
        Assert.That(MessageBody.Decode([0xEF, 0xBB, 0xBF, (byte)'1'], "application/json; charset=utf-8", MessageKind.Response).Value.AsInteger, Is.EqualTo(1));
        Assert.That(MessageBody.Decode([0xFF, 0xFE, (byte)'x', 0], null, MessageKind.Response).Value.AsString, Is.EqualTo("x"));
    }

    [Test]
    public void JSON_that_does_not_parse_is_reported_in_the_readers_words() => Assert.That(
        MessageBody.Decode("hello"u8, "application/json", MessageKind.Response).JsonError,
        Does.StartWith("Unexpected character encountered while parsing value: h. Path ''"));

    [Test]
    public void Multipart_carries_its_parts()
    {
        const string Body = "preamble\r\n--b1\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain\r\n\r\nline 1\r\nline 2\r\n"
            + "--b1\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nhi\r\n--b1\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--b1--\r\n";

        var decoded = MessageBody.Decode(Encoding.UTF8.GetBytes(Body), "multipart/form-data; boundary=b1", MessageKind.Request).Value;

        Assert.That(decoded["$content"].AsString, Is.EqualTo(Convert.ToBase64String(Encoding.UTF8.GetBytes(Body))));
        Assert.That(decoded["$multipart"].ToJson(), Is.EqualTo(FlowValue.Parse("""
            [{"headers":{"Content-Disposition":"form-data; name=\"t\"","Content-Type":"text/plain","Content-Length":"14"},"body":"line 1\r\nline 2"},
             {"headers":{"Content-Disposition":"form-data; name=\"f\"","Content-Length":"2"},"body":{"$content-type":"application/octet-stream","$content":"aGk="}},
             {"headers":{"Content-Type":"application/json","Content-Length":"7"},"body":{"a":1}}]
            """).ToJson()));
    }

    [TestCase("\"plain\"", "plain", "text/plain; charset=utf-8")]
    [TestCase("{ \"a\": 1, \"n\": null }", "{\"a\":1,\"n\":null}", "application/json; charset=utf-8")]
    [TestCase("42", "42", "application/json; charset=utf-8")]
    [TestCase("true", "true", "application/json; charset=utf-8")]
    [TestCase("[1, 2]", "[1,2]", "application/json; charset=utf-8")]
    [TestCase("{\"$content-type\":\"application/octet-stream\",\"$content\":\"aGk=\"}", "hi", "application/octet-stream")]
    [TestCase("{\"$content-type\":\"application/x-www-form-urlencoded\",\"$content\":\"YT0x\",\"$formdata\":[{\"key\":\"a\",\"value\":\"2\"}]}", "a=1", "application/x-www-form-urlencoded")]
    public void A_body_is_sent_by_its_kind(string body, string bytes, string contentType)
    {
        var encoded = MessageBody.Encode(FlowValue.Parse(body));

        Assert.That(Encoding.UTF8.GetString(encoded!.Bytes), Is.EqualTo(bytes));
        Assert.That(encoded.ContentType, Is.EqualTo(contentType));
    }

    [Test]
    public void Null_is_no_body() => Assert.That(MessageBody.Encode(FlowValue.Null), Is.Null);

    [Test]
    public void Parts_are_sent_with_a_boundary_that_the_type_names()
    {
        var encoded = MessageBody.Encode(FlowValue.Parse("""
            {"$content-type":"multipart/form-data","$multipart":[
              {"headers":{"Content-Disposition":"form-data; name=\"f\"; filename=\"ä.txt\""},"body":"text"},
              {"body":{"$content-type":"image/png","$content":"aGk="}}]}
            """))!;

        Assert.That(encoded.ContentType, Does.Match("^multipart/form-data; boundary=\"[0-9a-f-]{36}\"$"));
        var boundary = encoded.ContentType.Split('"')[1];
        Assert.That(Encoding.UTF8.GetString(encoded.Bytes), Is.EqualTo(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"ä.txt\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ntext\r\n"
            + $"--{boundary}\r\nContent-Type: image/png\r\n\r\nhi\r\n--{boundary}--\r\n"));
    }

    [Test]
    public void Parts_come_back_as_they_were_sent()
    {
        var encoded = MessageBody.Encode(FlowValue.Parse("""{"$content-type":"multipart/mixed","$multipart":[{"body":"--b\r\n"},{"body":{"a":1}},{"body":""}]}"""))!;

        var parts = MessageBody.Decode(encoded.Bytes, encoded.ContentType, MessageKind.Request).Value["$multipart"];

        Assert.That(parts[0]["body"].AsString, Is.EqualTo("--b\r\n"));
        Assert.That(parts[1]["body"]["a"].AsInteger, Is.EqualTo(1));
        Assert.That(parts[2].TryGetMember("body", out _), Is.False);
    }

    [TestCase("""{"headers":{"X":"a\r\nEvil: 1"},"body":"x"}""")]
    [TestCase("""{"headers":{"X: 1\r\nEvil":"a"},"body":"x"}""")]
    [TestCase("""{"body":{"$content-type":"a/b\r\nEvil: 1","$content":""}}""")]
    public void A_part_header_with_a_line_break_is_refused(string part) => Assert.That(
        () => MessageBody.Encode(FlowValue.Parse("{\"$content-type\":\"multipart/mixed\",\"$multipart\":[" + part + "]}")),
        Throws.TypeOf<MessageFormatException>());

    [TestCase("application/json", "{\"a\":1}", "{\"a\":1}")]
    [TestCase("application/json", "{nope", "\"{nope\"")]
    [TestCase("application/octet-stream", "hi", "\"hi\"")]
    [TestCase(null, "hi", "\"hi\"")]
    public void The_run_record_shows_JSON_and_text(string? contentType, string bytes, string expected) =>
        Assert.That(MessageBody.Describe(Encoding.UTF8.GetBytes(bytes), contentType).Value.ToJson(), Is.EqualTo(expected));

    [Test]
    public void The_run_record_shows_other_bytes_as_content() =>
        Assert.That(MessageBody.Describe([0xFF, 0x00], "text/plain").Value.ToJson(), Is.EqualTo("""{"$content-type":"text/plain","$content":"/wA="}"""));
}
