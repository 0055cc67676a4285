using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class ValueTextTests
{
    [TestCase("null", "")]
    [TestCase("true", "True")]
    [TestCase("false", "False")]
    [TestCase("-12", "-12")]
    [TestCase("5.0", "5")]
    [TestCase("1e21", "1E+21")]
    [TestCase("0.00001", "1E-05")]
    [TestCase("\"é\"", "é")]
    [TestCase("[true, 5.0, null, \"é\"]", "[true,5.0,null,\"é\"]")]
    [TestCase("{\"b\":1,\"a\":{}}", "{\"b\":1,\"a\":{}}")]
    [TestCase("{\"$content-type\":\"application/octet-stream\",\"$content\":\"aGk=\"}", "hi")]
    [TestCase("{\"$content-type\":\"text/plain;charset=utf-8\",\"$content\":\"aGVsbG8 gd29ybGQ=\"}", "hello world")]
    [TestCase("{\"$content-type\":\"text/plain; charset=iso-8859-1\",\"$content\":\"6Q==\"}", "é")]
    [TestCase("{\"$content-type\":\"text/plain;charset=utf-16\",\"$content\":\"YQA=\"}", "a")]
    [TestCase("{\"$content-type\":\"application/octet-stream\",\"$content\":\"/w==\"}", "\uFFFD")]
    [TestCase("{\"$content-type\":\"a/b\",\"$content\":\"aGk=\",\"y\":1}", "{\"$content-type\":\"a/b\",\"$content\":\"aGk=\",\"y\":1}")]
    public void Values_turn_into_the_text_that_the_service_makes(string json, string text) =>
        Assert.That(ValueText.Of(FlowValue.Parse(json)), Is.EqualTo(text));

    [Test]
    public void A_decimal_keeps_its_scale_and_a_float_may_be_infinite()
    {
        Assert.That(ValueText.Of(5.0000m), Is.EqualTo("5.0000"));
        Assert.That(ValueText.Of(double.PositiveInfinity), Is.EqualTo("Infinity"));
        Assert.That(ValueText.Of(double.NaN), Is.EqualTo("NaN"));
    }

    [TestCase("{\"$content-type\":\"text/plain;base64;charset=ascii\",\"$content\":\"aGk=\"}")]
    [TestCase("{\"$content-type\":\"text/plain;charset=martian\",\"$content\":\"aGk=\"}")]
    [TestCase("{\"$content-type\":\"text/plain\",\"$content\":\"aGVsbG8%20gd29ybGQ=\"}")]
    public void Content_with_a_bad_type_or_bad_base64_has_no_text(string json) =>
        Assert.Throws<ExpressionException>(() => ValueText.Of(FlowValue.Parse(json)));
}
