using Newtonsoft.Json;

namespace FlowEngine.Connectors;

/// <summary>Between expressions and .NET: what its members and constructors throw on wrong arguments is a failure of the expression.</summary>
internal static class PolicyGuard
{
    /// <summary>Calls a member.</summary>
    /// <exception cref="PolicyExpressionException">The arguments are wrong.</exception>
    public static object? Run(Func<object?> invoke, string member, int at)
    {
        try
        {
            return invoke();
        }
        catch (InvalidOperationException e) when (e.InnerException is PolicyExpressionException)
        {
            throw e.InnerException; // Sorting wraps what a comparison throws.
        }
        catch (Exception e) when (IsOfArguments(e))
        {
            throw new PolicyExpressionException($"'{member}' failed: {e.Message}", at, member.Length, e);
        }
    }

    private static bool IsOfArguments(Exception e) =>
        e is ArgumentException or FormatException or ArithmeticException or InvalidOperationException or InvalidCastException or KeyNotFoundException or IndexOutOfRangeException or NotSupportedException
            or JsonException or System.Text.RegularExpressions.RegexMatchTimeoutException or System.Security.Cryptography.CryptographicException;
}
