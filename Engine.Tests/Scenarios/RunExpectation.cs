using System.Globalization;

namespace FlowEngine.Tests.Scenarios;

/// <summary>What a scenario expects of one run record.</summary>
internal static class RunExpectation
{
    /// <summary>The first thing that is not as expected, in words, or null.</summary>
    public static string? Difference(FlowValue expect, FlowValue record)
    {
        if (!expect["run"].IsNull && RecordComparison.Difference(expect["run"], record["status"], "run") is { } status) return $"{status} ({record["error"]})";
        if (!expect["runError"].IsNull && RecordComparison.Difference(expect["runError"], record["error"], "runError") is { } error) return error;
        if (ActionsDifference(expect["actions"], record["actions"]) is { } actions) return actions;
        if (!expect["response"].IsNull && RecordComparison.Difference(expect["response"], record["response"], "response", ignoreNameCase: true) is { } response) return response;
        return RequestsDifference(expect, record["requests"].AsArray) ?? OutputsDifference(expect["outputs"], record["outputs"]) ?? OrderDifference(expect["order"], record["actions"]);
    }

    private static string? ActionsDifference(FlowValue expected, FlowValue actions)
    {
        foreach (var (name, wanted) in expected.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (!actions.AsObject.TryGetExact(name, out var action)) return $"{name}: no record, there is {string.Join(", ", actions.AsObject.Names.ToArray())}";
            if (ActionDifference(name, wanted, action) is { } difference) return difference;
        }

        return null;
    }

    private static string? ActionDifference(string name, FlowValue wanted, FlowValue action)
    {
        var members = wanted.AsObject.ToBuilder();
        foreach (var special in (string[])["absent", "exact", "repetitions", "iterations"]) members.Remove(special);
        foreach (var absent in wanted["absent"].AsArrayOrNull ?? FlowArray.Empty)
        {
            if (action.AsObject.TryGetExact(absent.AsString, out var there)) return $"{name}.{absent}: expected absent, but was {there}";
        }

        foreach (var exact in wanted["exact"].AsArrayOrNull ?? FlowArray.Empty)
        {
            var member = exact.AsString;
            if (RecordComparison.ExactDifference(wanted[member], action[member], $"{name}.{member}") is { } difference) return difference;
        }

        var repetitions = action["repetitions"].AsArrayOrNull ?? FlowArray.Empty;
        if (wanted["repetitions"].IsInteger && wanted["repetitions"].AsInteger != repetitions.Count)
            return $"{name}: expected {wanted["repetitions"]} repetitions, but there were {repetitions.Count}";
        if (wanted["iterations"].AsArrayOrNull is { } iterations)
        {
            if (iterations.Count != repetitions.Count) return $"{name}: expected {iterations.Count} repetitions, but there were {repetitions.Count}";
            for (var i = 0; i < iterations.Count; i++)
            {
                if (ActionsDifference(iterations[i], repetitions[i]["actions"]) is { } difference) return $"{name}[{i}] {difference}";
            }
        }

        return RecordComparison.Difference(members.ToValue(), action, name);
    }

    private static string? RequestsDifference(FlowValue expect, FlowArray requests)
    {
        if (expect["requestCount"].IsInteger && expect["requestCount"].AsInteger != requests.Count) return $"expected {expect["requestCount"]} requests, but there were {requests.Count}";
        if (expect["requests"].AsArrayOrNull is not { } wanted) return null;
        if (wanted.Count != requests.Count) return $"expected {wanted.Count} requests, but there were {requests.Count}";
        for (var i = 0; i < wanted.Count; i++)
        {
            foreach (var header in wanted[i]["absentHeaders"].AsArrayOrNull ?? FlowArray.Empty)
            {
                if (requests[i]["headers"].TryGetMember(header.AsString, out var sent)) return $"requests[{i}]: the header {header} was sent: {sent}";
            }

            var members = wanted[i].AsObject.ToBuilder();
            members.Remove("absentHeaders");
            if (RecordComparison.Difference(members.ToValue(), requests[i], $"requests[{i}]", ignoreNameCase: true) is { } difference) return difference;
        }

        return null;
    }

    private static string? OutputsDifference(FlowValue expected, FlowValue outputs)
    {
        foreach (var (name, value) in expected.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (RecordComparison.Difference(value, outputs[name]["value"], $"outputs.{name}") is { } difference) return difference;
        }

        return null;
    }

    // The first ended no later than the second.
    private static string? OrderDifference(FlowValue expected, FlowValue actions)
    {
        foreach (var pair in expected.AsArrayOrNull ?? FlowArray.Empty)
        {
            var (first, second) = (pair[0].AsString, pair[1].AsString);
            if (EndOf(actions[first]) > EndOf(actions[second])) return $"{first} ended after {second}";
        }

        return null;
    }

    private static DateTimeOffset EndOf(FlowValue action) => DateTimeOffset.Parse(action["endTime"].AsString, CultureInfo.InvariantCulture);
}
