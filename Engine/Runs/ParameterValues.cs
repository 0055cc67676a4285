using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Finds a value for every declared parameter: given, of the engine, of the file, default; and checks its type (runtime reference, 1.1).</summary>
internal static class ParameterValues
{
    /// <summary>The values, by slot.</summary>
    /// <exception cref="InvalidInputException">A value is missing, of another type, not allowed, or for a parameter that is not declared.</exception>
    public static FlowValue[] Resolve(Workflow workflow, FlowObject? given, FlowObject engine)
    {
        var declared = workflow.Plan.Definition.Parameters;
        if (given is not null)
        {
            foreach (var name in given.Names)
            {
                if (!declared.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))) throw Undeclared(name, declared);
            }
        }

        var values = new FlowValue[declared.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = declared[i];
            if (given is not null && given.TryGet(parameter.Name, out var value)) values[i] = Check(parameter, Fit(parameter, value));
            else if (engine.TryGet(parameter.Name, out value)) values[i] = Check(parameter, Fit(parameter, value));
            else if (workflow.Document.ParameterValues.TryGetValue(parameter.Name, out value)) values[i] = Fit(parameter, value);
            else if (parameter.HasDefault) values[i] = Check(parameter, Fit(parameter, parameter.Default));
            else if (parameter.Name is "$connections" or "$authentication") values[i] = FlowValue.EmptyObject;
            else throw new InvalidInputException($"The value for the workflow parameter '{parameter.Name}' is not provided. Give it one of type '{parameter.Type}' (--param {parameter.Name}=…).");
        }

        return values;
    }

    // A parameter declared String takes a number or a boolean as the text written; and real files have "5" for an Int, "false" for a Bool.
    private static FlowValue Fit(ParameterDefinition parameter, FlowValue value)
    {
        if (parameter.Type is "String" or "SecureString") return value.IsNumber || value.IsBoolean ? FlowValue.String(value.ToJson()) : value;
        if (value.AsStringOrNull is not { } text) return value;
        return parameter.Type switch
        {
            "Int" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => FlowValue.Integer(integer),
            "Float" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => FlowValue.Float(number),
            "Bool" when bool.TryParse(text, out var flag) => FlowValue.Boolean(flag),
            _ => value,
        };
    }

    private static FlowValue Check(ParameterDefinition parameter, FlowValue value)
    {
        var fits = parameter.Type switch
        {
            "String" or "SecureString" => value.IsString || value.IsNull,
            "Int" => value.IsInteger || (value.IsFloat && Math.Truncate(value.AsDouble) == value.AsDouble),
            "Float" => value.IsNumber,
            "Bool" => value.IsBoolean,
            "Array" => value.IsArray,
            "Object" or "SecureObject" => value.IsObject || value.IsNull,
            _ => true,
        };
        if (!fits)
        {
            throw new InvalidInputException(
                $"The provided value for the workflow parameter '{parameter.Name}' is not valid. Expected a value of type '{parameter.Type}' but received a value of type '{value.TypeName}'.");
        }

        if (parameter.AllowedValues is { } allowed && !Contains(allowed, value))
        {
            // One of the allowed values is the secret.
            var (shown, all) = parameter.IsSecure ? ("*sanitized*", "*sanitized*") : (value.ToJson(), string.Join(",", allowed.Select(item => item.ToJson())));
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The provided value for the workflow parameter '{parameter.Name}' is not valid. The value '{shown}' is not part of the allowed value(s): '{all}'."));
        }

        return value;
    }

    private static bool Contains(FlowArray allowed, FlowValue value)
    {
        foreach (var item in allowed)
        {
            if (item == value) return true;
        }

        return false;
    }

    private static InvalidInputException Undeclared(string name, IReadOnlyList<ParameterDefinition> declared) =>
        new($"The workflow declares no parameter '{name}'. It declares: {(declared.Count == 0 ? "none" : string.Join(", ", declared.Select(parameter => parameter.Name)))}."
            + (NearestName.Find(name, declared.Select(parameter => parameter.Name)) is { } near ? $" Did you mean '{near}'?" : string.Empty));
}
