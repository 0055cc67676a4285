namespace FlowEngine.Expressions;

/// <summary>A parameter as its function's row declares it (<c>text: String</c>), for checks that need no evaluation.</summary>
/// <param name="Written">The row's text.</param>
/// <param name="Colon">Where its name ends.</param>
/// <remarks>A row whose words say more than one of the plain types is not judged: a warning must never be wrong.</remarks>
internal readonly record struct DeclaredParameter(string Written, int Colon)
{
    /// <summary>Its name.</summary>
    public string Name => Written[..Colon];

    /// <summary>The type's words.</summary>
    public string Type => Written[(Colon + 2)..];

    /// <summary>The parameter that an argument stands for; null where the row does not tell.</summary>
    public static DeclaredParameter? Of(FunctionSpec function, int index, int count)
    {
        // Where there are more arguments than rows, the last row may stand for several.
        if (count > function.Parameters.Count || index >= function.Parameters.Count) return null;
        var written = function.Parameters[index];
        var colon = written.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? null : new DeclaredParameter(written, colon);
    }

    /// <summary>Whether every value of this literal's type makes the function fail. Null is left to the run.</summary>
    public bool Refuses(FlowValue literal)
    {
        if (literal.IsNull) return false;
        return Written.AsSpan(Colon + 2) switch
        {
            "Array" or "Object" => true,
            "Array or String" or "String" => !literal.IsString,
            "Boolean" => !literal.IsBoolean,
            "number" or "Integer" => literal.IsBoolean,
            _ => false,
        };
    }
}
