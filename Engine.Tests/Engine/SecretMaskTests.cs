using System.Net;
using System.Text;

namespace FlowEngine.Tests.Engine;

/// <summary>Secrets are hidden in whatever form they come back, and nothing else is.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SecretMaskTests
{
    private const string Secret = "k3y+/= \"&<x>'%41";

    private static SecretMask MaskOf(params string[] secrets)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var secret in secrets) SecretMask.Collect(FlowValue.String(secret), forms);
        return new SecretMask(forms);
    }

    private static readonly string[] Forms =
    [
        Secret,
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant(),
        WebUtility.UrlEncode(Secret),
        WebUtility.HtmlEncode(Secret),
        FlowValue.String(Secret).ToJson()[1..^1],
        System.Text.Json.JsonSerializer.Serialize(Secret)[1..^1],
        WebUtility.HtmlEncode(FlowValue.String(Secret).ToJson()[1..^1]),
        WebUtility.UrlEncode(Uri.EscapeDataString(Secret)),
        new Uri("http://h/?" + Secret).AbsoluteUri[10..],
    ];

    [TestCaseSource(nameof(Forms))]
    public void A_secret_is_hidden_in_each_form(string form)
    {
        var mask = MaskOf(Secret);

        Assert.That(mask.Apply($"before {form} after"), Is.EqualTo("before *sanitized* after"));
    }

    [Test]
    public void A_secret_inside_base64_is_hidden_wherever_it_begins([Range(0, 5)] int before, [Range(0, 3)] int after)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('a', before) + "plainsecret" + new string('b', after)));

        var shown = MaskOf("plainsecret").Apply(text);

        // What stays beside the mark are the characters that hold something of what stands around.
        Assert.That(shown, Does.Contain("*sanitized*"));
        Assert.That(shown.Replace("*sanitized*", string.Empty, StringComparison.Ordinal), Has.Length.LessThanOrEqualTo(text.Length - (8 * "plainsecret".Length / 6) + 2));
    }

    [Test]
    public void Names_are_hidden_as_values_are_and_stay_apart()
    {
        var shown = MaskOf("s3cret-1", "s3cret-2").Apply(FlowValue.Parse("""{ "s3cret-1": 1, "s3cret-2": [ { "s3cret-1": "s3cret-2" } ], "a": 2 }"""));

        Assert.That(shown.ToJson(), Is.EqualTo("""{"*sanitized*":1,"*sanitized* (2)":[{"*sanitized*":"*sanitized*"}],"a":2}"""));
    }

    [TestCase("abcdefghijkl", "*sanitized*")]
    [TestCase("xabcdefgy", "x*sanitized*y")]
    [TestCase("defghijkl", "*sanitized*")]
    [TestCase("abcdeghijkl", "abcdeghijkl")]
    public void Secrets_that_overlap_leave_nothing_of_either(string text, string shown) => Assert.That(MaskOf("abcdefg", "defghijkl").Apply(text), Is.EqualTo(shown));

    [TestCase("pass-word-1234", "*sanitized*")]
    [TestCase("x pass-wo", "x *sanitized*")]
    [TestCase("d-1234 y", "*sanitized* y")]
    [TestCase("s-wor", "*sanitized*")]
    [TestCase("text alone", "text alone")]
    public void A_piece_of_a_text_shows_no_piece_of_a_secret(string piece, string shown) => Assert.That(MaskOf("pass-word-1234").ApplyToPiece(piece), Is.EqualTo(shown));

    [Test]
    public void Very_many_and_very_long_secrets_are_hidden_too()
    {
        var secrets = Enumerable.Range(0, 20_000).Select(i => $"value \"{i:D6}\"").Append(new string('"', 100_000)).ToArray();

        var shown = MaskOf(secrets).Apply($"{secrets[19_999]}|{secrets[0]}|{secrets[20_000]}");

        Assert.That(shown, Is.EqualTo("*sanitized*|*sanitized*|*sanitized*"));
    }
}
