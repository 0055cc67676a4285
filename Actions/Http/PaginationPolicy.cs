using System.Globalization;

namespace FlowEngine.Actions;

/// <summary><c>runtimeConfiguration.paginationPolicy</c>: how many items are wanted (runtime reference, 3.14).</summary>
/// <param name="MinimumItemCount">Pages are asked for until there are that many; 1 to 100,000.</param>
internal sealed record PaginationPolicy(long MinimumItemCount)
{
    private const long Most = 100_000;

    /// <summary>Reads an evaluated policy; null where there is none.</summary>
    /// <exception cref="InvalidSettingException">A count that makes no sense.</exception>
    public static PaginationPolicy? Read(FlowValue policy)
    {
        if (policy.IsNull) return null;
        var count = policy["minimumItemCount"];
        var number = count.IsInteger ? count.AsInteger : long.TryParse(count.AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text : 0;
        return number is >= 1 and <= Most
            ? new PaginationPolicy(number)
            : throw new InvalidSettingException("InvalidPaginationPolicy", $"The pagination policy's minimumItemCount {count.ToJson()} is not a number from 1 to {Most}.");
    }
}
