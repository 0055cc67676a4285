using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>The forty behaviours of the language that are easily got wrong, in the order of the reference's list of them; each has a case or more.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GotchaTests
{
    private const string CannotParse = "parse";

    private static readonly EvaluationOptions Options = new() { Dialect = ExpressionDialect.Strict, Seed = 1 };

    [TestCase(1, "@@{'abc'}@{'def'}", "\"@{'abc'}@{'def'}\"")]
    [TestCase(1, "x@@{1}", "\"x@{1}\"")]
    [TestCase(1, "x@@y", "\"x@@y\"")]
    [TestCase(3, "@true", "true")]
    [TestCase(3, "@{true}", "\"True\"")]
    [TestCase(3, "@{null}", "\"\"")]
    [TestCase(3, "@{createArray(true)}", "\"[true]\"")]
    [TestCase(4, "@'don''t'", "\"don't\"")]
    [TestCase(4, "@length('A\\nB')", "4")]
    [TestCase(4, "@decodeUriComponent('%0A')", "\"\\n\"")]
    [TestCase(5, "@{concat('}')}", "\"}\"")]
    [TestCase(7, " @x", "\" @x\"")]
    [TestCase(7, "@", "\"@\"")]
    [TestCase(8, "@+54", "54")]
    [TestCase(8, "@{+.5}", "\"0.5\"")]
    [TestCase(8, "@{+1.}", "\"1\"")]
    [TestCase(8, "@{-01.0}", "\"-1\"")]
    [TestCase(8, "@{3e1}", "\"30\"")]
    [TestCase(8, "@createArray(3e1)", "[30.0]")]
    [TestCase(9, "@json('{}')?['x']?['y']", "null")]
    [TestCase(10, "@json('{\"aAa\":1,\"AaA\":2}').AAA", "1")]
    [TestCase(10, "@json('{\"a\":1,\"A\":2}').A", "2")]
    [TestCase(11, "@string(json('{\"a\":1,\"b\":-1,\"a\":2}'))", "\"{\\\"b\\\":-1,\\\"a\\\":2}\"")]
    [TestCase(12, "@string(setProperty(json('{\"aAa\":1,\"AaA\":2}'),'aaa',5))", "\"{\\\"AaA\\\":2,\\\"aAa\\\":5}\"")]
    [TestCase(14, "@indexOf('Hello','L')", "2")]
    [TestCase(14, "@lastIndexOf('Hello','L')", "3")]
    [TestCase(14, "@nthIndexOf('Hello','L',2)", "3")]
    [TestCase(14, "@startsWith('Hello','hE')", "true")]
    [TestCase(14, "@endsWith('Hello','LO')", "true")]
    [TestCase(14, "@contains('Hello','L')", "false")]
    [TestCase(14, "@replace('Hello','L','x')", "\"Hello\"")]
    [TestCase(14, "@length(split('Hello','L'))", "1")]
    [TestCase(15, "@lastIndexOf('abc','')", "2")]
    [TestCase(15, "@lastIndexOf('','')", "0")]
    [TestCase(16, "@slice('abc',3)", "\"\"")]
    [TestCase(17, "@split('abc','')", "[\"abc\"]")]
    [TestCase(17, "@split('',',')", "[\"\"]")]
    [TestCase(19, "@and(false, nope())", "false")]
    [TestCase(19, "@if(true,1,nope())", "1")]
    [TestCase(19, "@coalesce(1, nope())", "1")]
    [TestCase(21, "@equals(1,'1')", "false")]
    [TestCase(21, "@equals(1,1.0)", "true")]
    [TestCase(21, "@equals(null,'')", "false")]
    [TestCase(22, "@less('a','B')", "true")]
    [TestCase(23, "@{div(7.0,2)}", "\"3.5\"")]
    [TestCase(23, "@div(-7,2)", "-3")]
    [TestCase(25, "@string(float('5.0'))", "\"5\"")]
    [TestCase(25, "@string(createArray(float('5.0')))", "\"[5.0]\"")]
    [TestCase(25, "@string(decimal('5.0000'))", "\"5.0000\"")]
    [TestCase(26, "@int('100000000000000010')", "100000000000000016")]
    [TestCase(26, "@int('nan')", "-9223372036854775808")]
    [TestCase(26, "@int('1.0')", "1")]
    [TestCase(27, "@{float('1,5')}", "\"15\"")]
    [TestCase(27, "@{float('200-')}", "\"-200\"")]
    [TestCase(27, "@{float('Infinity','')}", "\"Infinity\"")]
    [TestCase(28, "@bool(0.3)", "true")]
    [TestCase(28, "@empty(null)", "true")]
    [TestCase(29, "@union(createArray(5,4,5),json('[]'))", "[5,4]")]
    [TestCase(29, "@string(union(json('{\"a\":1,\"b\":2}'),json('{\"a\":3}')))", "\"{\\\"a\\\":3,\\\"b\\\":2}\"")]
    [TestCase(30, "@first(json('[]'))", "null")]
    [TestCase(30, "@first('')", "\"\"")]
    [TestCase(31, "@join(createArray('',null,''),'x')", "\"xx\"")]
    [TestCase(32, "@binary('hi')", "{\"$content-type\":\"application/octet-stream\",\"$content\":\"aGk=\"}")]
    [TestCase(33, "@base64ToBinary('aGVsbG8 gd29ybGQ=')['$content']", "\"aGVsbG8 gd29ybGQ=\"")]
    [TestCase(33, "@xml(binary('<'))['$content-type']", "\"application/xml;charset=utf-8\"")]
    [TestCase(34, "@dataUriToString('data:,a+b')", "\"a b\"")]
    [TestCase(34, "@dataUriToString('data:base64,dGVzdA==')", "\"test\"")]
    [TestCase(35, "@xpath(xml('<r><v>7</v><v>8</v></r>'), '/r/v/text()')", "[\"7\",\"8\"]")]
    [TestCase(35, "@createArray(xpath(xml('<r><v>7</v><v>8</v></r>'), 'sum(/r/v)'))", "[15.0]")]
    [TestCase(36, "@json(xml('<e/>'))", "{\"e\":null}")]
    [TestCase(36, "@json(xml('<e></e>'))", "{\"e\":\"\"}")]
    [TestCase(37, "@addDays('2024-01-01T10:00:00',1)", "\"2024-01-02T10:00:00.0000000\"")]
    [TestCase(37, "@formatDateTime('2024-01-01T10:00:00+02:00','yyyy-MM-ddTHH:mm:ss')", "\"2024-01-01T08:00:00\"")]
    [TestCase(38, "@formatDateTime('2024-01-01T16:07:00Z','t','en-US')", "\"4:07 PM\"")]
    [TestCase(39, "@addToTime('2023-01-31T00:00:00Z',1,'Month','yyyy-MM-dd')", "\"2023-02-28\"")]
    [TestCase(39, "@dateDifference('2024-01-01T00:00:00Z','2024-01-01T01:30:00Z')", "\"01:30:00\"")]
    [TestCase(40, "@formatNumber(2.5,'N0')", "\"2\"")]
    [TestCase(40, "@formatNumber(0.125,'F2')", "\"0.12\"")]
    [TestCase(40, "@formatNumber(0.125,'0.00')", "\"0.13\"")]
    public void It_has_the_value_of_the_service(int number, string template, string expected)
    {
        var result = ExpressionEvaluator.Evaluate(FlowValue.String(template), default, Options);

        Assert.That(result.Error?.Message, Is.Null, $"behaviour {number}");
        Assert.That(result.Value.ToJson(), Is.EqualTo(expected), $"behaviour {number}");
    }

    [TestCase(6, "@concat('a')b", CannotParse)]
    [TestCase(6, "@type", "expected token 'LeftParenthesis' and actual 'EndOfData'")]
    [TestCase(8, "@--1", CannotParse)]
    [TestCase(8, "@1e", CannotParse)]
    [TestCase(8, "@1e1.1", CannotParse)]
    [TestCase(9, "@json('{}')?['x']['y']", "")]
    [TestCase(9, "@createArray(1)?['x']", "")]
    [TestCase(9, "@concat('a')?[0]", "")]
    [TestCase(13, "@addProperty(json('{\"a\":1}'),'A',2)", "")]
    [TestCase(16, "@substring('abc',3)", "")]
    [TestCase(18, "@replace('abc','','x')", "String cannot be of zero length. (Parameter 'oldValue')")]
    [TestCase(19, "@if(true,1)", "")]
    [TestCase(20, "@and(true,1)", "")]
    [TestCase(20, "@not('true')", "")]
    [TestCase(20, "@if(1,2,3)", "")]
    [TestCase(22, "@greater('10',9)", "")]
    [TestCase(22, "@greater(null,1)", "")]
    [TestCase(24, "@div(1,0)", "")]
    [TestCase(24, "@div(1.0,0.0)", "")]
    [TestCase(24, "@add(9223372036854775807,1)", "")]
    [TestCase(26, "@int('9223372036854775807')", "")]
    [TestCase(26, "@int('1.5')", "")]
    [TestCase(27, "@float('Infinity')", "")]
    [TestCase(27, "@decimal('3e-1')", "")]
    [TestCase(28, "@bool('1')", "")]
    [TestCase(28, "@bool(null)", "")]
    [TestCase(28, "@length(null)", "")]
    [TestCase(30, "@first(null)", "")]
    [TestCase(30, "@first(json('{}'))", "")]
    [TestCase(33, "@json(xml(binary('<')))", "")]
    [TestCase(35, "@xpath('<r/>','/r')", "")]
    [TestCase(38, "@formatDateTime('2024-01-01','h')", "")]
    [TestCase(38, "@formatDateTime('2024-01-01','q')", "")]
    [TestCase(39, "@convertToUtc('2024-01-01T00:00:00Z','Pacific Standard Time')", "")]
    public void It_fails_as_in_the_service(int number, string template, string message)
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.String(template), default, Options).Error;

        Assert.That(error, Is.Not.Null, $"behaviour {number}");
        if (message == CannotParse) Assert.That(error!.Stage, Is.EqualTo(EvaluationStage.Parse), $"behaviour {number}");
        else Assert.That(error!.Message, Does.Contain(message), $"behaviour {number}");
    }

    [TestCase(",")]
    [TestCase("q")]
    [TestCase("%")]
    public void A_format_that_stands_for_none_is_refused_where_a_time_is_read(string format) => Assert.That(
        ExpressionEvaluator.Evaluate(FlowValue.String($"@parseDateTime('2024-01-01', 'en-US', '{format}')"), default, Options).Error?.Message,
        Does.Contain($"the value provided for date time format '{format}' was not valid"));

    // Behaviour 2.
    [Test]
    public void Names_of_members_are_templates()
    {
        var refused = ExpressionEvaluator.Evaluate(FlowValue.Object(("@odata.type", FlowValue.String("x"))), default, Options);
        var written = ExpressionEvaluator.Evaluate(FlowValue.Object(("@@odata.type", FlowValue.String("x")), ("a@odata.bind", FlowValue.String("y"))), default, Options);

        Assert.That(refused.Error!.Message, Does.Contain("expected token 'LeftParenthesis' and actual 'Dot'"));
        Assert.That(written.Value.ToJson(), Is.EqualTo("""{"@odata.type":"x","a@odata.bind":"y"}"""));
    }
}
