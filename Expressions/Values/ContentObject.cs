using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FlowEngine;

/// <summary>Binary and XML content as the service passes it around: a plain object of <c>$content-type</c> and <c>$content</c> (base64).</summary>
internal static class ContentObject
{
    /// <summary>Whether the value is content: both members are strings, and there are no others but <c>$formdata</c> and <c>$multipart</c>.</summary>
    public static bool TryRead(FlowValue value, [NotNullWhen(true)] out string? contentType, [NotNullWhen(true)] out string? content)
    {
        contentType = content = null;
        if (value.AsObjectOrNull is not { Count: >= 2 and <= 4 } o) return false;
        for (var i = 0; i < o.Count; i++)
        {
            switch (o.Names[i])
            {
                case "$content-type":
                    contentType = o.Values[i].AsStringOrNull;
                    break;
                case "$content":
                    content = o.Values[i].AsStringOrNull;
                    break;
                case "$formdata" or "$multipart":
                    break;
                default:
                    return false;
            }
        }

        return contentType is not null && content is not null;
    }

    /// <summary>A content object of that type and base64 text.</summary>
    public static FlowValue Create(string contentType, string base64) =>
        FlowValue.Object(("$content-type", FlowValue.String(contentType)), ("$content", FlowValue.String(base64)));

    /// <summary>The bytes of base64 text; white space in it is ignored.</summary>
    public static bool TryGetBytes(string base64, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[(base64.Length / 4 * 3) + 3];
        bytes = Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
        return bytes is not null;
    }

    /// <summary>The encoding that a content type names, UTF-8 where it names none.</summary>
    /// <returns>False for an unknown charset, and for a parameter that is no <c>name=value</c>.</returns>
    public static bool TryGetEncoding(string contentType, [NotNullWhen(true)] out Encoding? encoding)
    {
        encoding = Encoding.UTF8;
        var type = contentType.AsSpan();
        var at = type.IndexOf(';');
        while (at >= 0)
        {
            type = type[(at + 1)..];
            at = type.IndexOf(';');
            var parameter = (at < 0 ? type : type[..at]).Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0)
            {
                if (parameter.IsEmpty && at < 0) continue;
                encoding = null;
                return false;
            }

            if (!parameter[..equals].TrimEnd().Equals("charset", StringComparison.OrdinalIgnoreCase)) continue;
            encoding = Find(parameter[(equals + 1)..].Trim().Trim('"').ToString());
            if (encoding is null) return false;
        }

        return true;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
