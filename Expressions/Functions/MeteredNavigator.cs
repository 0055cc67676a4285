using System.Globalization;
using System.Xml;
using System.Xml.XPath;

namespace FlowEngine.Expressions;

/// <summary>How many nodes an XPath expression may still visit, and for how long.</summary>
/// <param name="limit">Nodes.</param>
/// <param name="time">The time of the machine, not of the run: what is bounded is work.</param>
internal sealed class XPathBudget(long limit, TimeSpan time)
{
    // The clock costs as much as some ten moves.
    private const long StepsBetweenClocks = 1_024;

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private long _steps;
    private long _nextClock = StepsBetweenClocks;

    /// <summary>Charges so many steps.</summary>
    /// <exception cref="ExpressionException">The expression takes too many steps, or too long.</exception>
    public void Take(int steps)
    {
        _steps += steps;
        if (_steps > limit) throw Exceeded($"it visits more than '{limit}' nodes");
        if (_steps < _nextClock) return;
        _nextClock = _steps + StepsBetweenClocks;
        if (TimeProvider.System.GetElapsedTime(_start) > time) throw Exceeded($"it takes longer than '{time.TotalSeconds}' seconds");
    }

    private static ExpressionException Exceeded(FormattableString what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The template language function 'xpath' cannot be evaluated: {what.ToString(CultureInfo.InvariantCulture)}."));
}

/// <summary>A navigator that counts its moves: System.Xml's XPath knows neither a time limit nor cancellation, and a short expression can run for hours.</summary>
/// <param name="inner">The navigator of the document.</param>
/// <param name="budget">Shared by all copies.</param>
internal sealed class MeteredNavigator(XPathNavigator inner, XPathBudget budget) : XPathNavigator
{
    // A step of reading text is this many characters.
    private const int CharactersPerStep = 8;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XPathNodeType NodeType => inner.NodeType;

    public override string LocalName => inner.LocalName;

    public override string Name => inner.Name;

    public override string NamespaceURI => inner.NamespaceURI;

    public override string Prefix => inner.Prefix;

    public override string BaseURI => inner.BaseURI;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override object? UnderlyingObject => inner.UnderlyingObject;

    public override string Value
    {
        get
        {
            var value = inner.Value;
            budget.Take(1 + (value.Length / CharactersPerStep));
            return value;
        }
    }

    public override XPathNavigator Clone()
    {
        budget.Take(1);
        return new MeteredNavigator(inner.Clone(), budget);
    }

    public override bool MoveToFirstAttribute() => Count(inner.MoveToFirstAttribute());

    public override bool MoveToNextAttribute() => Count(inner.MoveToNextAttribute());

    public override bool MoveToFirstNamespace(XPathNamespaceScope namespaceScope) => Count(inner.MoveToFirstNamespace(namespaceScope));

    public override bool MoveToNextNamespace(XPathNamespaceScope namespaceScope) => Count(inner.MoveToNextNamespace(namespaceScope));

    public override bool MoveToNext() => Count(inner.MoveToNext());

    public override bool MoveToPrevious() => Count(inner.MoveToPrevious());

    public override bool MoveToFirstChild() => Count(inner.MoveToFirstChild());

    public override bool MoveToParent() => Count(inner.MoveToParent());

    public override bool MoveTo(XPathNavigator other) => Count(other is MeteredNavigator metered && inner.MoveTo(metered.Inner));

    public override bool MoveToId(string id) => Count(inner.MoveToId(id));

    public override bool IsSamePosition(XPathNavigator other) => other is MeteredNavigator metered && inner.IsSamePosition(metered.Inner);

    public override XmlNodeOrder ComparePosition(XPathNavigator? nav)
    {
        budget.Take(1);
        return nav is MeteredNavigator metered ? inner.ComparePosition(metered.Inner) : XmlNodeOrder.Unknown;
    }

    private XPathNavigator Inner => inner;

    private bool Count(bool moved)
    {
        budget.Take(1);
        return moved;
    }
}
