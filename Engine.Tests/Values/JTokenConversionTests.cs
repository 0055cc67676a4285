using Newtonsoft.Json.Linq;

namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class JTokenConversionTests
{
    [Test]
    public void There_and_back_is_the_same_value() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Any,
        value => Assert.That(FlowValueProperties.Identical(FlowValue.FromJToken(value.ToJToken()), value), Is.True, () => value.ToJson()));

    [Test]
    public void A_token_writes_what_its_value_writes() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Json,
        value => Assert.That(value.ToJToken().ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(value.ToJson())));

    [Test]
    public void Dates_and_the_like_become_the_text_that_newtonsoft_writes() => Assert.That(
        FlowValue.FromJToken(new JArray(new JValue(new DateTime(2024, 1, 1, 10, 0, 0, DateTimeKind.Utc)), new JValue(Guid.Empty), new JValue(new Uri("https://x.y/z")))).ToJson(),
        Is.EqualTo("""["2024-01-01T10:00:00Z","00000000-0000-0000-0000-000000000000","https://x.y/z"]"""));

    [Test]
    public void A_missing_token_is_null() => Assert.That(FlowValue.FromJToken(null).IsNull, Is.True);
}
