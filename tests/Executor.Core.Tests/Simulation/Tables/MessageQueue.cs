namespace Executor.Core.Tests.Simulation.Tables;

/// <summary>A message in a queue, or in a consumer's hand.</summary>
internal sealed class Message<T>(int number, T body)
{
    public int Number { get; } = number;

    public T Body { get; } = body;

    /// <summary>Who has it unacknowledged; null when it is ready.</summary>
    public object? Holder { get; set; }
}

/// <summary>A multiset of messages: any may be delivered, copied or returned; only confirmed ones are in it.</summary>
internal sealed class MessageQueue<T>
{
    private readonly List<Message<T>> _messages = [];
    private int _number;

    public int Count => _messages.Count;

    public Message<T> this[int index] => _messages[index];

    public void Publish(T body) => _messages.Add(new Message<T>(++_number, body));

    public bool IsReady(int index) => _messages[index].Holder is null;

    public int FirstReady()
    {
        for (var index = 0; index < _messages.Count; index++)
        {
            if (_messages[index].Holder is null)
            {
                return index;
            }
        }

        return -1;
    }

    public int LastReady() => _messages.FindLastIndex(message => message.Holder is null);

    public Message<T> Take(int index, object holder)
    {
        var message = _messages[index];
        message.Holder = holder;
        return message;
    }

    /// <summary>Acknowledging a copy that went back to the queue settles nothing.</summary>
    public void Ack(Message<T> message, object holder)
    {
        if (ReferenceEquals(message.Holder, holder))
        {
            _messages.Remove(message);
        }
    }

    public void ReturnAllOf(object holder)
    {
        foreach (var message in _messages)
        {
            if (ReferenceEquals(message.Holder, holder))
            {
                message.Holder = null;
            }
        }
    }

    public void ReturnAll()
    {
        foreach (var message in _messages)
        {
            message.Holder = null;
        }
    }

    public void Copy(int index) => Publish(_messages[index].Body);

    public void PurgeReady() => _messages.RemoveAll(message => message.Holder is null);
}
