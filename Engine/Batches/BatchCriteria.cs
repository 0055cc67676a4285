using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>When a batch is released: <c>releaseCriteria</c>, the first that is met (runtime reference, 4.5).</summary>
/// <param name="Messages">So many messages.</param>
/// <param name="Bytes">So many bytes of content.</param>
/// <param name="Schedule">At each of its occurrences; null where only the others count.</param>
internal sealed record BatchCriteria(long Messages, long Bytes, RecurrenceSchedule? Schedule)
{
    // Documented: these release a batch whatever its criteria.
    private const int MaxMessages = 5_000;
    private const int MaxBytes = 80 * 1024 * 1024;

    /// <summary>Reads the criteria of one batch, their expressions evaluated.</summary>
    /// <param name="criteria">The object as the definition has it.</param>
    /// <param name="saved">From when the recurrence counts without <c>startTime</c>.</param>
    /// <exception cref="FormatException">They can't be read; the message says which member and why.</exception>
    public static BatchCriteria Read(FlowValue criteria, DateTimeOffset saved)
    {
        var recurrence = criteria["recurrence"];
        if (criteria["messageCount"].IsNull && criteria["batchSize"].IsNull && recurrence.IsNull)
            throw new FormatException("The 'releaseCriteria' have none of 'messageCount', 'batchSize' and 'recurrence'.");
        return new BatchCriteria(
            Limit(criteria, "messageCount", MaxMessages),
            Limit(criteria, "batchSize", MaxBytes),
            recurrence.IsNull ? null : RecurrenceSchedule.Read(recurrence, saved));
    }

    public bool AreMetBy(int messages, long bytes) => messages >= Messages || bytes >= Bytes;

    private static long Limit(FlowValue criteria, string member, int most)
    {
        var written = criteria[member];
        if (written.IsNull) return most;
        var number = written.IsInteger ? written.AsInteger : 0;
        if ((!written.IsInteger && !long.TryParse(written.AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out number)) || number < 1)
            throw new FormatException($"The '{member}' of the 'releaseCriteria' is {written.ToJson()}; an integer of at least 1 was expected.");
        return Math.Min(number, most);
    }
}
