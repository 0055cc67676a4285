using System.Globalization;
using System.Runtime.CompilerServices;

namespace FlowEngine.Actions;

/// <summary>One value against one schema. The order of the errors and their texts are recorded: runtime reference, 3.3.</summary>
internal sealed class SchemaValidation
{
    // A schema such as {"allOf": [{"$ref": "#"}]} goes round on one value; values themselves are nested 1,000 deep at most.
    private const int MaxDepth = 1500;

    private readonly SchemaPath _path;
    private readonly int _outerDepth;
    private int _depth;

    public SchemaValidation()
        : this(new SchemaPath(), 0)
    {
    }

    private SchemaValidation(SchemaPath path, int depth)
    {
        _path = path;
        _outerDepth = depth;
    }

    public List<SchemaError> Errors { get; } = [];

    public void Check(SchemaNode schema, FlowValue value)
    {
        if (_outerDepth + ++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new JsonSchemaException($"The schema at '{schema.Id}' refers to itself without end.");
        if (CheckType(schema, value)) CheckOwnKeywords(schema, value);
        if (schema.Enum is { } allowed && !allowed.Contains(value)) Add(schema, "enum", $"Value {FlowJson.Write(value)} is not defined in enum.", value);
        if (schema.HasConst && schema.Const != value) Add(schema, "const", $"Value {FlowJson.Write(value)} does not match const.", value);
        CheckCombinations(schema, value);
        if (value.AsObjectOrNull is { } o) CheckObject(schema, o);
        if (value.AsArrayOrNull is { } array) CheckCount(schema, array.Count, schema.MaxItems, schema.MinItems, "Array item", "Items");
        _depth--;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private bool CheckType(SchemaNode schema, FlowValue value)
    {
        if (schema.Types == SchemaTypes.None) return true;
        var actual = value.Kind switch
        {
            FlowValueKind.String => SchemaTypes.String,
            FlowValueKind.Integer => SchemaTypes.Integer,
            FlowValueKind.Float or FlowValueKind.Decimal => SchemaTypes.Number,
            FlowValueKind.Boolean => SchemaTypes.Boolean,
            FlowValueKind.Object => SchemaTypes.Object,
            FlowValueKind.Array => SchemaTypes.Array,
            _ => SchemaTypes.Null,
        };
        var fits = actual switch
        {
            SchemaTypes.Integer => SchemaTypes.Integer | SchemaTypes.Number,
            SchemaTypes.Number when Math.Truncate(value.AsDouble) == value.AsDouble => SchemaTypes.Integer | SchemaTypes.Number,
            _ => actual,
        };
        if ((schema.Types & fits) != 0) return true;
        Add(schema, "type", $"Invalid type. Expected {schema.Types} but got {actual}.", value);
        return false;
    }

    private void CheckOwnKeywords(SchemaNode schema, FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowValueKind.String:
                CheckString(schema, value);
                break;
            case FlowValueKind.Integer or FlowValueKind.Float or FlowValueKind.Decimal:
                CheckNumber(schema, value);
                break;
            case FlowValueKind.Object:
                CheckMembers(schema, value.AsObject);
                break;
            case FlowValueKind.Array:
                CheckItems(schema, value.AsArray);
                break;
        }
    }

    private void CheckString(SchemaNode schema, FlowValue value)
    {
        var text = value.AsString;
        if (schema.MaxLength is not null || schema.MinLength is not null)
        {
            var length = new StringInfo(text).LengthInTextElements;
            if (length > schema.MaxLength) Add(schema, "maxLength", $"String '{text}' exceeds maximum length of {schema.MaxLength}.", value);
            if (length < schema.MinLength) Add(schema, "minLength", $"String '{text}' is less than minimum length of {schema.MinLength}.", value);
        }

        if (schema.Format is { } format && !SchemaFormat.Matches(format, text)) Add(schema, "format", $"String '{text}' does not validate against format '{format}'.", value);
    }

    private void CheckNumber(SchemaNode schema, FlowValue value)
    {
        var label = $"{(value.IsInteger ? "Integer" : "Float")} {FlowJson.Write(value)}";
        if (!schema.Maximum.IsNull)
        {
            var maximum = schema.Maximum.AsDouble;
            if (value.AsDouble > maximum) Add(schema, "maximum", $"{label} exceeds maximum value of {Text(maximum)}.", value);
            else if (schema.ExclusiveMaximum && value == schema.Maximum) Add(schema, "maximum", $"{label} equals maximum value of {Text(maximum)} and exclusive maximum is true.", value);
        }

        if (!schema.Minimum.IsNull)
        {
            var minimum = schema.Minimum.AsDouble;
            if (value.AsDouble < minimum) Add(schema, "minimum", $"{label} is less than minimum value of {Text(minimum)}.", value);
            else if (schema.ExclusiveMinimum && value == schema.Minimum) Add(schema, "minimum", $"{label} equals minimum value of {Text(minimum)} and exclusive minimum is true.", value);
        }

        if (!schema.MultipleOf.IsNull && !IsMultiple(value, schema.MultipleOf)) Add(schema, "multipleOf", $"{label} is not a multiple of {Text(schema.MultipleOf.AsDouble)}.", value);
    }

    private static bool IsMultiple(FlowValue value, FlowValue factor)
    {
        const double decimalRange = 1e28;
        if (factor.AsDouble == 0) return true;

        // Decimals first: 0.3 is a multiple of 0.1 to everybody but doubles.
        return Math.Abs(value.AsDouble) < decimalRange && Math.Abs(factor.AsDouble) is < decimalRange and > 1 / decimalRange
            ? value.AsDecimal % factor.AsDecimal == 0
            : Math.IEEERemainder(value.AsDouble, factor.AsDouble) == 0;
    }

    private void CheckMembers(SchemaNode schema, FlowObject o)
    {
        for (var i = 0; i < o.Count; i++)
        {
            var name = o.Names[i];
            var isDefined = schema.Properties is { } properties && properties.TryGetValue(name, out var property) ? property : null;
            _path.Push(name);
            if ((isDefined ?? schema.AdditionalProperties) is { } member)
            {
                Check(member, o.Values[i]);
            }
            else if (!schema.AllowsAdditionalProperties)
            {
                Add(schema, "additionalProperties", $"Property '{name}' has not been defined and the schema does not allow additional properties.", FlowValue.String(name));
            }

            _path.Pop();
        }
    }

    private void CheckItems(SchemaNode schema, FlowArray items)
    {
        var seen = schema.UniqueItems ? new HashSet<FlowValue>() : null;
        for (var i = 0; i < items.Count; i++)
        {
            _path.Push(i);
            var byPosition = schema.ItemsByPosition;
            var item = byPosition is null ? schema.Items : i < byPosition.Count ? byPosition[i] : schema.AdditionalItems;
            if (item is not null)
            {
                Check(item, items[i]);
            }
            else if (byPosition is not null && i >= byPosition.Count && !schema.AllowsAdditionalItems)
            {
                Add(schema, "additionalItems", $"Index {i + 1} has not been defined and the schema does not allow additional items.", items[i]);
            }

            if (seen?.Add(items[i]) == false) Add(schema, "uniqueItems", $"Non-unique array item at index {i}.", items[i], wholeValue: true);
            _path.Pop();
        }
    }

    private void CheckCombinations(SchemaNode schema, FlowValue value)
    {
        if (schema.AllOf.Count > 0 && Try(schema.AllOf, value, out var failed) is { Count: > 0 } errors)
            Combination(schema, "allOf", $"JSON does not match all schemas from 'allOf'. Invalid schema indexes: {string.Join(", ", failed)}.", errors);
        if (schema.AnyOf.Count > 0 && Try(schema.AnyOf, value, out failed) is var anyErrors && failed.Count == schema.AnyOf.Count)
            Combination(schema, "anyOf", "JSON does not match any schemas from 'anyOf'.", anyErrors);
        if (schema.OneOf.Count > 0)
        {
            var oneErrors = Try(schema.OneOf, value, out failed);
            if (failed.Count == schema.OneOf.Count)
            {
                Combination(schema, "oneOf", "JSON is valid against no schemas from 'oneOf'.", oneErrors);
            }
            else if (failed.Count < schema.OneOf.Count - 1)
            {
                var valid = Enumerable.Range(0, schema.OneOf.Count).Except(failed);
                Combination(schema, "oneOf", $"JSON is valid against more than one schema from 'oneOf'. Valid schema indexes: {string.Join(", ", valid)}.", oneErrors);
            }
        }

        if (schema.Not is { } not && Try([not], value, out failed) is not null && failed.Count == 0) Combination(schema, "not", "JSON is valid against schema from 'not'.", []);
    }

    // The errors of the schemas that don't match, of the last schema first (recorded), and their indexes.
    private List<SchemaError> Try(IReadOnlyList<SchemaNode> schemas, FlowValue value, out List<int> failed)
    {
        failed = [];
        var errors = new List<SchemaError>();
        for (var i = 0; i < schemas.Count; i++)
        {
            var validation = new SchemaValidation(_path, _outerDepth + _depth);
            validation.Check(schemas[i], value);
            if (validation.Errors.Count == 0) continue;
            failed.Add(i);
            errors.InsertRange(0, validation.Errors);
        }

        return errors;
    }

    private void CheckObject(SchemaNode schema, FlowObject o)
    {
        foreach (var (property, dependency) in schema.SchemaDependencies)
        {
            if (o.TryGetExact(property, out _) && Try([dependency], FlowValue.Object(o), out _) is { Count: > 0 } errors)
                Combination(schema, "dependencies", $"Dependencies for property '{property}' failed.", errors);
        }

        var missing = Missing(o, schema.Required);
        if (missing.Count > 0)
            Add(schema, "required", $"Required properties are missing from object: {string.Join(", ", missing)}.", FlowArray.Create(missing.Select(FlowValue.String)), wholeValue: true);
        CheckCount(schema, o.Count, schema.MaxProperties, schema.MinProperties, "Object property", "Properties");
        foreach (var (property, keys) in schema.KeyDependencies)
        {
            if (o.TryGetExact(property, out _) && Missing(o, keys) is { Count: > 0 } absent)
                Add(schema, "dependencies", $"Dependencies for property '{property}' failed. Missing required keys: {string.Join(", ", absent)}.", FlowValue.String(property));
        }
    }

    private static List<string> Missing(FlowObject o, IReadOnlyList<string> names) => [.. names.Where(name => !o.TryGetExact(name, out _))];

    private void CheckCount(SchemaNode schema, int count, long? maximum, long? minimum, string what, string keyword)
    {
        if (count > maximum) Add(schema, "max" + keyword, $"{what} count {count} exceeds maximum count of {maximum}.", count);
        if (count < minimum) Add(schema, "min" + keyword, $"{what} count {count} is less than minimum count of {minimum}.", count);
    }

    private void Add(SchemaNode schema, string keyword, string message, FlowValue value, bool wholeValue = false) =>
        Errors.Add(new SchemaError(message, _path.ToString(), wholeValue || !(value.IsObject || value.IsArray) ? value : default, schema.Id, keyword, []));

    private void Combination(SchemaNode schema, string keyword, string message, List<SchemaError> children) =>
        Errors.Add(new SchemaError(message, _path.ToString(), default, schema.Id, keyword, children));
}
