using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>The shipped schema of <c>*.flowtest.json</c>: editors complete and check by it, so it must know what the reader knows.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FlowTestSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Compile(FlowValue.Parse(Repository.Text("Testing/flowtest.schema.json")));

    public static IEnumerable<string> Examples => Repository.Files("examples", "*.flowtest.json");

    [TestCaseSource(nameof(Examples))]
    public void Accepts_the_tests_of_the_examples(string file) =>
        Assert.That(Schema.Validate(FlowValue.Parse(File.ReadAllText(Repository.Locate(file)))), Is.Empty);

    [TestCase("""{ "tests": [] }""", Description = "no flow")]
    [TestCase("""{ "flow": "f.json", "tests": [{ "name": "a", "expects": {} }] }""", Description = "an unknown member of a test")]
    [TestCase("""{ "flow": "f.json", "tests": [{ "name": "a", "expect": { "actions": { "A": { "outputz": 1 } } } }] }""", Description = "an unknown member of an action")]
    [TestCase("""{ "flow": "f.json", "tests": [{ "name": "a", "mocks": [{ "match": {} }] }] }""", Description = "a mock without an answer")]
    [TestCase("""{ "flow": "f.json", "tests": [{ "name": "a", "expect": { "status": "Suceeded" } }] }""", Description = "a misspelt status")]
    public void Refuses_what_the_reader_refuses(string file) => Assert.That(Schema.Validate(FlowValue.Parse(file)), Is.Not.Empty);
}
