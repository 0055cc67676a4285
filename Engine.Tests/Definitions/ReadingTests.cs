using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class ReadingTests
{
    private const string Bare = """{"triggers":{"manual":{"type":"Request","kind":"Http"}},"actions":{"A":{"type":"Compose","inputs":"Grüße"}}}""";

    private static WorkflowDocument Load(byte[] bytes)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllBytes(file, bytes);
        try
        {
            return WorkflowDocument.Load(file, Documents.Options with { MaximumFileBytes = 5000 });
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData(new UTF8Encoding(false)).SetName("UTF-8 without a mark is read");
        yield return new TestCaseData(new UTF8Encoding(true)).SetName("UTF-8 with a mark is read");
        yield return new TestCaseData(new UnicodeEncoding(false, true)).SetName("UTF-16 little endian with a mark is read");
        yield return new TestCaseData(new UnicodeEncoding(true, true)).SetName("UTF-16 big endian with a mark is read");
    }

    [TestCaseSource(nameof(Encodings))]
    public void Text_is_read_by_its_byte_order_mark(Encoding encoding)
    {
        var document = Load([.. encoding.GetPreamble(), .. encoding.GetBytes(Bare)]);

        Assert.That(document.Diagnostics, Is.Empty);
        Assert.That(document.Text, Is.EqualTo(Bare));
        Assert.That(document.Definition!.Root.Actions[0].Inputs, Is.EqualTo(FlowValue.String("Grüße")));
    }

    // Few siblings are looked through, many have an index.
    [TestCase(2)]
    [TestCase(40)]
    public void A_predecessor_is_named_as_its_key_is(int siblings)
    {
        var others = string.Concat(Enumerable.Range(0, siblings).Select(i => $$""" "Other {{i}}": { "type": "Compose", "inputs": 1 }, """));
        var root = Documents.Actions($$$"""{ {{{others}}} "No_action":7, "Get_User":{"type":"Compose","inputs":1}, "B":{"type":"Compose","inputs":1,"runAfter":{"get user":["succeeded"],"OTHER_1":["Failed","Skipped"],"No action":[]}} }""").Definition!.Root;
        var after = root.Actions[^1].RunAfter;
        Assert.That(after.Select(entry => entry.Action), Is.EqualTo(new[] { "Get_User", "Other 1", "No action" }));
        Assert.That(after.Select(entry => string.Join(' ', entry.Written)), Is.EqualTo(new[] { "Succeeded", "Failed Skipped", "" }));
        Assert.That(after[0].Path, Is.EqualTo(root.Path + "/B/runAfter/get user"));
    }

    [Test]
    public void An_action_and_its_branches_know_their_places_and_equal_their_copies()
    {
        var root = Documents.Actions("""{ "a/b":{"type":"If","expression":true,"actions":{"C~":{"type":"Compose","inputs":1}}} }""").Definition!.Root;
        var (outer, inner) = (root.Actions[0], root.Actions[0].Branches[0].Actions[0]);
        Assert.That(outer.Path, Is.EqualTo(root.Path + "/a~1b"));
        Assert.That(outer.Branches.Select(branch => branch.Path), Is.EqualTo(new[] { outer.Path + "/actions", outer.Path + "/else/actions" }));
        Assert.That(inner.Path, Is.EqualTo(outer.Path + "/actions/C~0"));
        Assert.That(inner with { Path = inner.Path }, Is.EqualTo(inner));
        Assert.That(inner with { Path = "/x" }, Is.Not.EqualTo(inner));
        Assert.That(root with { Path = root.Path }, Is.EqualTo(root));
    }

    private static IEnumerable<TestCaseData> UnusableFiles()
    {
        yield return new TestCaseData(new byte[] { 1, 0, 2, 0, 255 }, DiagnosticCodes.Binary).SetName("A binary file is refused");
        yield return new TestCaseData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0 }, DiagnosticCodes.ArchiveDamaged).SetName("A damaged archive is refused");
        yield return new TestCaseData(Array.Empty<byte>(), DiagnosticCodes.Empty).SetName("An empty file is refused");
        yield return new TestCaseData(" \r\n\t"u8.ToArray(), DiagnosticCodes.Empty).SetName("A file of white space is refused");
        yield return new TestCaseData(new byte[] { 0x7B, 0xC3, 0x28, 0x7D }, DiagnosticCodes.Encoding).SetName("Invalid UTF-8 is refused");
        yield return new TestCaseData(Enumerable.Repeat((byte)'[', 5001).ToArray(), DiagnosticCodes.TooLarge).SetName("A huge file is refused");
        yield return new TestCaseData("{\"triggers\": {\n  oops oops\n"u8.ToArray(), DiagnosticCodes.NotJson).SetName("Text that is no JSON is refused");
    }

    [TestCaseSource(nameof(UnusableFiles))]
    public void A_file_that_cannot_be_read_is_a_diagnostic(byte[] bytes, string code)
    {
        var document = Load(bytes);

        Assert.That(document.Definition, Is.Null);
        Assert.That(document.HasErrors, Is.True);
        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { code }));
        Assert.That(document.Diagnostics[0].Location.Line, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void A_folder_without_a_flow_is_a_diagnostic()
    {
        var folder = Directory.CreateTempSubdirectory("flow-");
        try
        {
            Assert.That(WorkflowDocument.Load(folder.FullName, Documents.Options).Diagnostics[0].Code, Is.EqualTo(DiagnosticCodes.PackageWithoutFlow));
        }
        finally
        {
            folder.Delete();
        }
    }

    [TestCase("no-such-file.json")]
    [TestCase("no-such-folder/flow.json")]
    public void A_missing_file_is_an_exception(string file) =>
        Assert.That(() => WorkflowDocument.Load(file, Documents.Options), Throws.InstanceOf<FileNotFoundException>());

    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public void JSON_nested_2000_deep_gets_an_answer(char open, char close)
    {
        var text = open == '[' ? new string(open, 2000) + new string(close, 2000) : string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string(close, 2000);

        var diagnostic = Documents.Read(text).Diagnostics.Single();

        Assert.That(diagnostic.Code, Is.EqualTo(DiagnosticCodes.TooDeep));
        Assert.That(diagnostic.Message, Does.Contain("nested 2000 levels deep"));
    }

    [Test]
    public void Nesting_without_an_end_gets_an_answer() =>
        Assert.That(Documents.Read(new string('[', 100_000)).Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.TooDeep));

    [Test]
    public void A_syntax_error_is_shown_where_it_is()
    {
        var location = Documents.Read("{\n  \"actions\": { \"A\": oops }\n}").Diagnostics.Single().Location;

        Assert.That((location.Line, location.Column), Is.EqualTo((2, 21)));
    }

    [TestCase("{{ \"actions\": {{ }} }}", "{{")]
    [TestCase("{ \"actions\": {0} }", "{0}")]
    [TestCase("{ \"actions\": __ACTIONS__ }", "__ACTIONS__")]
    [TestCase("{ \"actions\": #{Actions}# }", "#{Actions}")]
    [TestCase("{ \"actions\": ${actions} }", "${actions}")]
    public void A_format_template_is_recognised(string text, string placeholder)
    {
        var diagnostic = Documents.Read(text).Diagnostics.Single();

        Assert.That(diagnostic.Code, Is.EqualTo(DiagnosticCodes.FormatTemplate));
        Assert.That(diagnostic.Message, Does.Contain($"'{placeholder}'"));
    }

    [TestCase("{\n// why\n\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{}}", DiagnosticCodes.Comment, DiagnosticSeverity.Information, 2, 1)]
    [TestCase("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\n\"actions\":{},}", DiagnosticCodes.TrailingComma, DiagnosticSeverity.Warning, 2, 13)]
    [TestCase("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\n'actions':{}}", DiagnosticCodes.LenientJson, DiagnosticSeverity.Warning, 2, 1)]
    [TestCase("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{},\"metadata\":{\n\"a\":1,\"a\":2}}", DiagnosticCodes.DuplicateKey, DiagnosticSeverity.Warning, 2, 7)]
    [TestCase("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{},\"metadata\":{\n\"a\":1,\"A\":2}}", DiagnosticCodes.KeysDifferByCase, DiagnosticSeverity.Warning, 2, 7)]
    [TestCase("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{},\"description\":\"a\nb\"}", DiagnosticCodes.LineBreakInString, DiagnosticSeverity.Error, 1, 67)]
    public void What_the_standard_has_against_a_file_is_said(string text, string code, DiagnosticSeverity severity, int line, int column)
    {
        var document = Documents.Read(text);

        var diagnostic = document.Diagnostics.Single();
        Assert.That((diagnostic.Code, diagnostic.Severity), Is.EqualTo((code, severity)));
        Assert.That((diagnostic.Location.Line, diagnostic.Location.Column), Is.EqualTo((line, column)));
        Assert.That(document.Definition, Is.Not.Null);
    }

    [Test]
    public void The_last_of_equal_keys_counts() =>
        Assert.That(Documents.Actions("""{"A":{"type":"Compose","inputs":1,"inputs":2}}""").Definition!.Root.Actions[0].Inputs, Is.EqualTo(FlowValue.Integer(2)));
}
