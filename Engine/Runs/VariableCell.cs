using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A variable of a run. Only the run's loop touches it.</summary>
internal struct VariableCell
{
    // A shorter text is copied sooner than a builder is made.
    private const int ShortText = 256;

    private FlowValue _value;

    // What a text has become by appending, one string only once somebody reads it: 16,000 appended lines took 540 ms and 2.6 GB as 16,000 strings,
    // and take 5 ms and 10 MB.
    private StringBuilder? _grown;
    private bool _isBehind;

    /// <summary>Canonical type name; null while the variable is not initialised.</summary>
    public string? Type { get; private set; }

    /// <summary>The present value.</summary>
    public FlowValue Value
    {
        get
        {
            if (!_isBehind) return _value;
            _isBehind = false;
            return _value = FlowValue.String(_grown!.ToString()); // What a value is behind of is there.
        }
    }

    /// <summary>The present value for an expression or an action, which pays for the string where one is made.</summary>
    /// <exception cref="ExpressionException">The budget is used up.</exception>
    public FlowValue Read(EvaluationContext context)
    {
        if (_isBehind) context.ChargeText("AppendToStringVariable", _grown!.Length);
        return Value;
    }

    /// <summary>The characters of a text; -1 where the value is none.</summary>
    public readonly int TextLength => _isBehind ? _grown!.Length : _value.AsStringOrNull?.Length ?? -1;

    public void Set(FlowValue value, string type)
    {
        _value = value;
        Type = type;
        _grown = null;
        _isBehind = false;
    }

    /// <summary>Appends to a text.</summary>
    public void Append(string text)
    {
        if (_grown is null)
        {
            var all = _value.AsString + text;
            if (all.Length > ShortText) _grown = new StringBuilder(all, 2 * all.Length);
            _value = FlowValue.String(all);
            return;
        }

        _grown.Append(text);
        _isBehind = true;
    }
}
