using FlowEngine.Actions;

namespace FlowEngine.Tests.Actions;

/// <summary>Expected texts, paths and order: runtime reference, 3.3.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class JsonSchemaTests
{
    [TestCase("""{"type":["null","integer","string"]}""", "true", "Invalid type. Expected String, Integer, Null but got Boolean.")]
    [TestCase("""{"type":"integer"}""", "1.5", "Invalid type. Expected Integer but got Number.")]
    [TestCase("""{"maximum":10}""", "10.5", "Float 10.5 exceeds maximum value of 10.")]
    [TestCase("""{"multipleOf":5}""", "7", "Integer 7 is not a multiple of 5.")]
    [TestCase("""{"const":1}""", "2", "Value 2 does not match const.")]
    [TestCase("""{"enum":["a"]}""", "\"z\"", "Value \"z\" is not defined in enum.")]
    [TestCase("""{"uniqueItems":true}""", "[1,1]", "Non-unique array item at index 1.")]
    [TestCase("""{"maxItems":2}""", "[1,2,3]", "Array item count 3 exceeds maximum count of 2.")]
    [TestCase("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", "Dependencies for property 'a' failed. Missing required keys: b.")]
    [TestCase("""{"dependencies":{"a":{"required":["b"]}}}""", """{"a":1}""", "Dependencies for property 'a' failed.")]
    [TestCase("""{"additionalProperties":false}""", """{"x":1}""", "Property 'x' has not been defined and the schema does not allow additional properties.")]
    [TestCase("""{"not":{"type":"string"}}""", "\"x\"", "JSON is valid against schema from 'not'.")]
    [TestCase("""{"allOf":[{"type":"string"},{"minimum":3}]}""", "1", "JSON does not match all schemas from 'allOf'. Invalid schema indexes: 0, 1.")]
    [TestCase("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "1", "JSON does not match any schemas from 'anyOf'.")]
    public void A_violation_has_the_text_of_the_service(string schema, string value, string message)
    {
        var errors = Validate(schema, value);

        Assert.That(errors.Select(error => error.Message), Is.EqualTo(new[] { message }));
    }

    [TestCase("""{"type":"integer"}""", "1.0")]
    [TestCase("""{"type":"number"}""", "1")]
    [TestCase("""{"multipleOf":0.1}""", "0.3")]
    [TestCase("""{"format":"colour"}""", "\"x\"")]
    [TestCase("""{"required":["a"]}""", "[1]")]
    [TestCase("{}", "null")]
    [TestCase("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", "1")]
    public void What_the_schema_allows_has_no_errors(string schema, string value) => Assert.That(Validate(schema, value), Is.Empty);

    [Test]
    public void Names_that_are_no_identifiers_stand_in_brackets_in_a_path()
    {
        var errors = Validate("""{"properties":{"a b":{"items":{"type":"string"}}}}""", """{"a b":[1]}""");

        Assert.That((errors[0].Path, errors[0].SchemaId), Is.EqualTo(("['a b'][0]", "#/properties/a b/items")));
    }

    [Test]
    public void A_reference_gives_its_text_as_the_schema_id()
    {
        var errors = Validate("""{"definitions":{"n":{"type":"integer"}},"properties":{"x":{"$ref":"#/definitions/n"}}}""", """{"x":"t"}""");

        Assert.That((errors[0].Path, errors[0].SchemaId), Is.EqualTo(("x", "#/definitions/n")));
    }

    [Test]
    public void The_children_of_a_combination_come_in_reverse_schema_order()
    {
        var errors = Validate("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "1");

        Assert.That(errors[0].Children.Select(child => child.ErrorType), Is.EqualTo(new[] { "minimum", "type" }));
    }

    [Test]
    public void Errors_of_members_come_before_those_of_the_object()
    {
        var errors = Validate("""{"required":["b"],"minProperties":2,"properties":{"a":{"type":"string"}},"enum":[1]}""", """{"a":1}""");

        Assert.That(errors.Select(error => error.ErrorType), Is.EqualTo(new[] { "type", "enum", "required", "minProperties" }));
    }

    [Test]
    public void A_schema_may_refer_to_itself()
    {
        var errors = Validate("""{"properties":{"child":{"$ref":"#"},"n":{"type":"integer"}}}""", """{"child":{"child":{"n":"x"}}}""");

        Assert.That(errors.Select(error => error.Path), Is.EqualTo(new[] { "child.child.n" }));
    }

    [TestCase("""{"$ref":"#"}""")]
    [TestCase("""{"$ref":"#/definitions/none"}""")]
    [TestCase("""{"type":"date"}""")]
    [TestCase("""{"properties":{"a":1}}""")]
    public void What_is_no_schema_is_refused(string schema) =>
        Assert.That(() => JsonSchema.Compile(FlowValue.Parse(schema)), Throws.TypeOf<JsonSchemaException>());

    [Test]
    public void A_combination_that_goes_round_on_one_value_is_refused_and_not_followed_without_end()
    {
        var schema = JsonSchema.Compile(FlowValue.Parse("""{"allOf":[{"$ref":"#"}]}"""));

        Assert.That(() => schema.Validate(1), Throws.TypeOf<JsonSchemaException>());
    }

    [TestCase("""{"properties":{"zip":{"pattern":"x"}}}""", true)]
    [TestCase("""{"items":[{"patternProperties":{}}]}""", true)]
    [TestCase("""{"properties":{"pattern":{"type":"string"}}}""", false)]
    [TestCase("""{"enum":[{"pattern":"x"}]}""", false)]
    public void Patterns_are_found_as_keywords_only(string schema, bool found) => Assert.That(JsonSchema.HasPattern(FlowValue.Parse(schema)), Is.EqualTo(found));

    [TestCase("date-time", "2026-03-05T14:07:09.5+02:00", true)]
    [TestCase("date-time", "2026-03-05", false)]
    [TestCase("date", "2026-13-05", false)]
    [TestCase("time", "23:59:59", true)]
    [TestCase("ipv4", "10.0.0.256", false)]
    [TestCase("ipv6", "::1", true)]
    [TestCase("hostname", "a-b.example", true)]
    [TestCase("hostname", "-a", false)]
    [TestCase("email", "a.b@example.com", true)]
    [TestCase("email", "nope", false)]
    [TestCase("uri", "https://example.com/a", true)]
    [TestCase("uri", "a/b", false)]
    [TestCase("uri-reference", "a/b", true)]
    [TestCase("regex", "(", false)]
    public void A_format_is_checked(string format, string text, bool matches) => Assert.That(SchemaFormat.Matches(format, text), Is.EqualTo(matches));

    private static IReadOnlyList<SchemaError> Validate(string schema, string value) =>
        JsonSchema.Compile(FlowValue.Parse(schema)).Validate(FlowValue.Parse(value));
}
