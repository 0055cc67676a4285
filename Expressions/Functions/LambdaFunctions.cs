namespace FlowEngine.Expressions;

/// <summary>Our extensions that evaluate an expression for each element: <c>map</c>, <c>select</c>, with <c>lambda</c>.</summary>
internal static class LambdaFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("lambda", 2, 2, call => FunctionFaults.NotExpected(call.Name))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "Names the element for an expression; only as an argument of map and select.",
            Parameters = ["name: String, literal", "expression: any, evaluated for each element"],
            Examples = ["map(createArray(1, 2), lambda('x', add(x, 1))) -> [2,3]"],
            Source = "extension",
        },
        new FunctionSpec("map", 2, 2, call => new ForEachElement(call.Name, call.Argument(0), [Body(call, 1)], null))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "An array of the results of an expression for each element, which is item() and the lambda's variable in it.",
            Parameters = ["collection: Array", "expression: a lambda, or any expression with item()"],
            Examples = ["map(createArray('a', 'b'), lambda('x', toUpper(x))) -> [\"A\",\"B\"]"],
            Source = "extension",
        },
        new FunctionSpec("select", 2, FunctionSpec.Any, Select)
        {
            Origin = FunctionOrigin.Extension,
            Summary = "An array of the results of an expression for each element, which is item() in it; of objects where there are several expressions.",
            Parameters = ["collection: Array", "expression: any, one or more; a member is named after the last property in its expression, else item1, item2 …"],
            Examples = ["select(createArray(1, 2), add(item(), 1)) -> [2,3]"],
            Source = "extension",
        },
    };

    private static (Expression Expression, int Local) Body(FunctionCall call, int index)
    {
        if (call.Lambda(index) is { } lambda) return (lambda.Body, lambda.Local);
        var body = call.ArgumentWithLocal(index, null, out var local);
        return (body, local);
    }

    private static Expression Select(FunctionCall call)
    {
        var bodies = new (Expression, int)[call.Count - 1];
        for (var i = 0; i < bodies.Length; i++) bodies[i] = Body(call, i + 1);
        if (bodies.Length == 1) return new ForEachElement(call.Name, call.Argument(0), bodies, null);

        var names = new string[bodies.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = call.LastMemberName(i + 1) ?? $"item{i + 1}";
            if (names.AsSpan(0, i).Contains(names[i]))
                return new Failure($"The template language function '{call.Name}' has two expressions for the member '{names[i]}'; each must end in a property of its own.");
        }

        return new ForEachElement(call.Name, call.Argument(0), bodies, new ObjectShape(names, names.Length));
    }

    /// <summary>Evaluates its bodies for each element of an array; with a shape each result is an object of them.</summary>
    private sealed class ForEachElement(string function, Expression collection, (Expression Expression, int Local)[] bodies, ObjectShape? shape) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context)
        {
            var current = collection;
            try
            {
                var value = collection.Evaluate(context);
                current = this;
                if (value.AsArrayOrNull is not { } array)
                {
                    throw new ExpressionException(
                        $"The template language function '{function}' expects its first parameter to be an array. The provided value is of type '{ValueText.TypeName(value)}'.");
                }

                var limits = context.Limits;
                context.Budget.Take(limits, 0, array.Count * (16L + (bodies.Length * 24L)));
                var results = new FlowValue[array.Count];
                for (var i = 0; i < results.Length; i++)
                {
                    context.Budget.Take(limits, bodies.Length, 0);
                    var members = shape is null ? null : new FlowValue[bodies.Length];
                    for (var j = 0; j < bodies.Length; j++)
                    {
                        context.SetLocal(bodies[j].Local, array[i]);
                        current = bodies[j].Expression;
                        var result = current.Evaluate(context);
                        if (members is null) results[i] = result;
                        else members[j] = result;
                    }

                    current = this;
                    if (members is not null) results[i] = FlowValue.Object(new FlowObject(shape!, members)); // members are made where there is a shape
                }

                return FlowValue.Array(FlowArray.Own(results, results.Length));
            }
            catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
            {
                throw;
            }
            catch (FlowJsonException e)
            {
                throw new ExpressionException(e.Message, inner: e);
            }
        }
    }
}
