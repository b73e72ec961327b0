package dev.kingpin.engine.walled;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** The only way between workers. Every message is counted. */
final class Channel {
  /** Who sends rows: the place where the table lies. */
  static final int SOURCE = -1;

  private static final Message END = new Message(Message.Kind.FREE, -1, 0, 0, new byte[0]);

  private final List<BlockingQueue<Message>> inboxes = new ArrayList<>();
  private final AtomicIntegerArray closed;
  private final Ledger ledger;

  Channel(int workers, Ledger ledger) {
    this.ledger = ledger;
    closed = new AtomicIntegerArray(workers);
    for (int w = 0; w < workers; w++) {
      inboxes.add(new LinkedBlockingQueue<>());
    }
  }

  /** Sends a message; to oneself at no cost. To a worker that reads no more, it is lost. */
  void send(int from, int to, Message message) {
    if (from != to) {
      ledger.sent(from, message);
    }
    if (closed.get(to) == 0) {
      inboxes.get(to).add(message);
    }
  }

  /** The next message to a worker, waiting for one if need be; null if it is to read no more. */
  @Nullable Message receive(int worker) throws InterruptedException {
    Message message = inboxes.get(worker).take();
    return closed.get(worker) == 0 ? message : null;
  }

  /** A worker is to read no more. */
  void close(int worker) {
    closed.set(worker, 1);
    inboxes.get(worker).clear();
    inboxes.get(worker).add(END);
  }
}
