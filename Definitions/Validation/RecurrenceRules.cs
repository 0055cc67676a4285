using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary><c>recurrence</c> of triggers.</summary>
internal static class RecurrenceRules
{
    private const int MaximumDays = 500;
    private const int MaximumYearsAhead = 49;
    private const int MaximumMonthsToNext = 18;

    private static readonly string[] WeekDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static void Check(ValidationContext context)
    {
        foreach (var trigger in context.Definition.Triggers)
        {
            var recurrence = trigger.Raw["recurrence"];
            if (recurrence.AsObjectOrNull is not null) new Reading(context, trigger, recurrence).Check();
            else if (trigger.Type is "Recurrence" or "SlidingWindow" && !Literals.IsExpression(recurrence))
            {
                context.Faults.Error(
                    DiagnosticCodes.RecurrenceInvalid,
                    $"The trigger '{trigger.Name}' of type '{trigger.Type}' has no 'recurrence'.",
                    FaultPlace.Name(trigger.Path),
                    "InvalidTemplate");
            }
        }
    }

    private sealed class Reading(ValidationContext context, TriggerDefinition trigger, FlowValue recurrence)
    {
        private readonly string _pointer = JsonPointer.Append(trigger.Path, "recurrence");

        public void Check()
        {
            var frequency = CheckFrequency();
            CheckInterval(frequency);
            CheckStart();
            CheckEnd();
            CheckZone();
            if (frequency is not null && recurrence["schedule"].AsObjectOrNull is { Count: > 0 } schedule) CheckSchedule(frequency, schedule);
        }

        private string? CheckFrequency()
        {
            var written = recurrence["frequency"];
            if (Literals.IsExpression(written)) return null;
            var text = written.AsStringOrNull;
            if (RecurrenceFrequencies.Find(written) is { } known) return known;
            var names = RecurrenceFrequencies.Names;
            Refuse(
                written.IsNull
                    ? $"The recurrence of trigger '{trigger.Name}' has no 'frequency'."
                    : $"The recurrence of trigger '{trigger.Name}' has the frequency '{Literals.Show(written)}', which is none of '{string.Join("', '", names)}'.",
                written.IsNull ? FaultPlace.Name(_pointer) : JsonPointer.Append(_pointer, "frequency"),
                text is null ? null : ValidationContext.DidYouMean(text, names));
            return null;
        }

        private void CheckInterval(string? frequency)
        {
            var interval = recurrence["interval"];
            if (Literals.IsExpression(interval)) return;
            var at = interval.IsNull ? FaultPlace.Name(_pointer) : JsonPointer.Append(_pointer, "interval");
            if (!Literals.TryReadInteger(interval, out var number) || number < 1)
            {
                Refuse($"The recurrence of trigger '{trigger.Name}' has the interval {interval.ToJson()}; an integer of at least 1 was expected.", at);
            }
            else if (frequency is not null && number * RecurrenceFrequencies.DaysOf(frequency) > MaximumDays)
            {
                Refuse($"The recurrence frequency cannot be greater than '{MaximumDays}.00:00:00'.", at);
            }
        }

        private void CheckStart()
        {
            var written = recurrence["startTime"];
            if (written.IsNull || Literals.IsExpression(written)) return;
            var at = JsonPointer.Append(_pointer, "startTime");
            if (!TryReadDate(written, out var start))
            {
                Refuse($"The start time '{Literals.Show(written)}' of the recurrence of trigger '{trigger.Name}' is not a date.", at);
                return;
            }

            var now = context.Options.Time.GetUtcNow();
            if (start > now.AddYears(MaximumYearsAhead))
            {
                Refuse($"The start time '{Literals.Show(written)}' of the recurrence of trigger '{trigger.Name}' cannot be greater than '{MaximumYearsAhead}' years in the future.", at);
            }
            else if (recurrence["schedule"].IsObject && start > now.AddMonths(MaximumMonthsToNext))
            {
                Refuse($"The next execution time of the recurrence of trigger '{trigger.Name}' must be within '{MaximumMonthsToNext}' months from the current time.", at);
            }
        }

        private void CheckEnd()
        {
            var written = recurrence["endTime"];
            if (written.IsNull || Literals.IsExpression(written) || TryReadDate(written, out _)) return;
            Refuse($"The end time '{Literals.Show(written)}' of the recurrence of trigger '{trigger.Name}' is not a date.", JsonPointer.Append(_pointer, "endTime"));
        }

        private static bool TryReadDate(FlowValue written, out DateTimeOffset date)
        {
            date = default;
            return written.AsStringOrNull is [>= '0' and <= '9', ..] text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
        }

        // What the service says of it at save is not known.
        private void CheckZone()
        {
            var written = recurrence["timeZone"];
            if (written.IsNull || Literals.IsExpression(written) || (written.AsStringOrNull is { } id && TimeZones.Find(id) is not null)) return;
            context.Faults.Warning(
                DiagnosticCodes.TriggerValue,
                $"The time zone '{Literals.Show(written)}' of the recurrence of trigger '{trigger.Name}' is not known.",
                JsonPointer.Append(_pointer, "timeZone"));
        }

        private void CheckSchedule(string frequency, FlowObject schedule)
        {
            var pointer = JsonPointer.Append(_pointer, "schedule");
            if (!RecurrenceFrequencies.Scheduled.Contains(frequency))
            {
                Refuse($"The recurrence schedule of trigger '{trigger.Name}' has an invalid recurrence frequency '{frequency}'.", FaultPlace.Name(pointer));
                return;
            }

            OnlyWith("weekDays", "WeekDays", "Week");
            OnlyWith("monthDays", "MonthDays", "Month");
            Days();
            Range("hours", 0, 23);
            Range("minutes", 0, 59);
            Range("monthDays", -31, 31);

            void OnlyWith(string member, string name, string needed)
            {
                if (schedule[member].IsNull || frequency == needed) return;
                Refuse($"The recurrence schedule of trigger '{trigger.Name}' could not have '{name}' for recurrence frequency '{frequency}'.", FaultPlace.Name(JsonPointer.Append(pointer, member)));
            }

            void Days()
            {
                if (schedule["weekDays"].IsNull || frequency != "Week") return;
                foreach (var value in schedule["weekDays"].AsArrayOrNull ?? FlowArray.Create(schedule["weekDays"]))
                {
                    if (Literals.IsExpression(value) || WeekDays.Contains(value.AsStringOrNull, StringComparer.OrdinalIgnoreCase)) continue;
                    context.Faults.Warning(
                        DiagnosticCodes.ScheduleValue,
                        $"The recurrence schedule of trigger '{trigger.Name}' has {value.ToJson()} in 'weekDays'; names of days, Monday to Sunday, are taken.",
                        JsonPointer.Append(pointer, "weekDays"),
                        suggestion: value.AsStringOrNull is { } text ? ValidationContext.DidYouMean(text, WeekDays) : null);
                }
            }

            void Range(string member, int minimum, int maximum)
            {
                var list = schedule[member].AsArrayOrNull ?? (schedule[member].IsNull ? FlowArray.Empty : FlowArray.Create(schedule[member]));
                foreach (var value in list)
                {
                    if (Literals.IsExpression(value) || (Literals.TryReadInteger(value, out var number) && number >= minimum && number <= maximum)) continue;
                    context.Faults.Warning(
                        DiagnosticCodes.ScheduleValue,
                        $"The recurrence schedule of trigger '{trigger.Name}' has {value.ToJson()} in '{member}'; integers from {minimum} to {maximum} are taken.",
                        JsonPointer.Append(pointer, member));
                }
            }
        }

        private void Refuse(string message, FaultPlace at, string? suggestion = null) =>
            context.Faults.Error(DiagnosticCodes.RecurrenceInvalid, message, at, "InvalidTemplate", suggestion: suggestion);
    }
}
