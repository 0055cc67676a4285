namespace FlowEngine.Actions;

/// <summary>A Content-Type taken apart, leniently: what can't be understood is left out.</summary>
/// <param name="Name">The type without parameters, as written.</param>
/// <param name="Charset">The <c>charset</c> parameter, or null.</param>
/// <param name="Boundary">The <c>boundary</c> parameter, or null.</param>
internal readonly record struct MediaType(string Name, string? Charset, string? Boundary)
{
    /// <summary><c>application/json</c> and every type that ends in <c>+json</c>.</summary>
    public bool IsJson =>
        Name.Equals("application/json", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>text/*</c>.</summary>
    public bool IsText => Name.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>multipart/*</c>.</summary>
    public bool IsMultipart => Name.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    public static MediaType Parse(string contentType)
    {
        var segments = contentType.Split(';', StringSplitOptions.TrimEntries);
        string? charset = null, boundary = null;
        for (var i = 1; i < segments.Length; i++)
        {
            var equals = segments[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            var name = segments[i].AsSpan(0, equals).TrimEnd();
            var value = segments[i][(equals + 1)..].Trim().Trim('"');
            if (value.Length == 0) continue;
            if (name.Equals("charset", StringComparison.OrdinalIgnoreCase)) charset ??= value;
            else if (name.Equals("boundary", StringComparison.OrdinalIgnoreCase)) boundary ??= value;
        }

        return new MediaType(segments[0], charset, boundary);
    }
}
