using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class DateTextTests
{
    private static readonly DateTime Today = new(1999, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    [TestCase("10:30", "1999-03-04T10:30:00.0000000")]
    [TestCase("4 PM", "1999-03-04T16:00:00.0000000")]
    [TestCase("January 15", "1999-01-15T00:00:00.0000000")]
    [TestCase("5/9", "1999-05-09T00:00:00.0000000")]
    [TestCase("5/9/26", "2026-05-09T00:00:00.0000000")]
    [TestCase("0001-01-01T10:30:00", "0001-01-01T10:30:00.0000000")]
    public void What_a_text_does_not_name_is_that_of_the_runs_clock(string text, string expected)
    {
        Assert.That(DateText.TryParse(text, DateCultures.Default, Today, out var timestamp), Is.True);
        Assert.That(DateText.Write(timestamp, null, DateCultures.Default), Is.EqualTo(expected));
    }
}
