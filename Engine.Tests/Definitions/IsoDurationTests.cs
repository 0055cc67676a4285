using FlowEngine.Definitions;

namespace FlowEngine.Tests.Definitions;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class IsoDurationTests
{
    [TestCase("PT0S", 0)]
    [TestCase("PT7.5S", 7.5)]
    [TestCase("PT90S", 90)]
    [TestCase("PT15M", 900)]
    [TestCase("PT1H30M", 5400)]
    [TestCase("P1D", 86400)]
    [TestCase("P1DT12H", 129600)]
    [TestCase("P2W", 1209600)]
    [TestCase("P1M", 2592000)]
    [TestCase("P1Y", 31536000)]
    [TestCase("P1Y2M3DT4H5M6S", 31536000 + 5184000 + 259200 + 14400 + 300 + 6)]
    public void A_duration_is_the_sum_of_its_units(string text, double seconds)
    {
        Assert.That(IsoDuration.TryParse(text, out var duration), Is.True);
        Assert.That(duration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1DT")]
    [TestCase("1H")]
    [TestCase("PT1")]
    [TestCase("PTS")]
    [TestCase("PT1M1H")]
    [TestCase("P1H")]
    [TestCase("PT1.5H30M")]
    [TestCase("PT1.S")]
    [TestCase("-PT1S")]
    [TestCase("00:01:30")]
    [TestCase("P99999999999999999999Y")]
    public void Other_text_is_no_duration(string? text) => Assert.That(IsoDuration.TryParse(text, out _), Is.False);
}
