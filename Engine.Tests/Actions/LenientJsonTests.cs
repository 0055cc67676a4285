using FlowEngine.Actions;

namespace FlowEngine.Tests.Actions;

/// <summary>Expected values: runtime reference, 3.3.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class LenientJsonTests
{
    [TestCase("{'a':'b',c:1}", """{"a":"b","c":1}""")]
    [TestCase("[1,2,] // end", "[1,2]")]
    [TestCase("[,1]", "[null,1]")]
    [TestCase("{\"a\":1}} tail", """{"a":1}""")]
    [TestCase("{\"a\":1", """{"a":1}""")]
    [TestCase("{\"a\":[1,{\"b\":2}", """{"a":[1,{"b":2}]}""")]
    [TestCase("[0x1A,010,.5,1.]", "[26,8,0.5,1.0]")]
    [TestCase("[NaN,Infinity,-Infinity,undefined]", """["NaN","Infinity","-Infinity",null]""")]
    [TestCase("{\"a\":1,\"a\":2}", """{"a":2}""")]
    [TestCase("\"2026-03-05T14:07:09+02:00\"", "\"2026-03-05T14:07:09+02:00\"")]
    [TestCase("  ", "null")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    public void Text_that_is_almost_JSON_is_read(string text, string expected) =>
        Assert.That(LenientJson.Read(text).ToJson(), Is.EqualTo(expected));

    [TestCase("{", "")]
    [TestCase("[", "")]
    [TestCase("{\"a\":", "")]
    [TestCase("{\"a\":1,", "")]
    [TestCase("[1,", "")]
    [TestCase("{\"rows\":[{\"a\":1},", "rows")]
    [TestCase("{\"rows\":[{\"a\":", "rows[0]")]
    public void A_text_that_ends_where_a_value_is_due_is_refused_with_the_path_of_the_open_container(string text, string path) =>
        Assert.That(() => LenientJson.Read(text), Throws.TypeOf<FlowJsonException>().With.Message.EqualTo($"Unexpected end when reading token. Path '{path}'."));

    [TestCase("hello", "Unexpected character encountered while parsing value: h. Path '', line 0, position 0.")]
    [TestCase("[1 2]", "After parsing a value an unexpected character was encountered: 2. Path '[0]', line 1, position 3.")]
    [TestCase("{\"a\":\"x", "Unterminated string. Expected delimiter: \". Path 'a', line 1, position 7.")]
    [TestCase("]", "JsonToken EndArray is not valid for closing JsonType None. Path '', line 1, position 1.")]
    public void What_cannot_be_read_is_refused_in_the_readers_words(string text, string message) =>
        Assert.That(() => LenientJson.Read(text), Throws.TypeOf<FlowJsonException>().With.Message.EqualTo(message));
}
