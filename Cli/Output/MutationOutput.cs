using System.Globalization;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>What <c>flow test --mutate</c> tells.</summary>
internal static class MutationOutput
{
    /// <summary>Prints what no test notices, and says whether enough is noticed.</summary>
    /// <param name="check">What was found; null where tests failed, so that nothing could be found.</param>
    /// <param name="least">The least share of mutants in per cent.</param>
    /// <param name="output">Where it goes.</param>
    public static bool Write(MutationCheck? check, double least, TextWriter output)
    {
        if (check is null)
        {
            output.WriteLine("mutation: not done, the tests fail already");
            return false;
        }

        foreach (var survivor in check.Survivors) output.WriteLine(TerminalText.Clean(survivor.ToString()));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mutation: {check.Noticed} of {check.Total} changes noticed ({Math.Floor(check.Percent * 10) / 10:0.#} %)"));
        return check.Percent >= least;
    }

    public static FlowValue ToValue(MutationCheck check) => FlowValue.Object(
        ("noticed", check.Noticed),
        ("total", check.Total),
        ("survivors", FlowArray.Create(check.Survivors.Select(survivor => FlowValue.Object(
            ("file", FlowValue.String(survivor.Place.File)),
            ("line", survivor.Place.Line),
            ("column", survivor.Place.Column),
            ("path", FlowValue.String(survivor.Mutant.Path)),
            ("change", FlowValue.String(survivor.Mutant.Description)))))));
}
