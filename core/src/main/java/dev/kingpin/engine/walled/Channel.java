package dev.kingpin.engine.walled;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The only way between workers. Every message is counted. */
final class Channel {
  /** Who sends rows: the place where the table lies. */
  static final int SOURCE = -1;

  private final List<BlockingQueue<Message>> inboxes = new ArrayList<>();
  private final Ledger ledger;

  Channel(int workers, Ledger ledger) {
    this.ledger = ledger;
    for (int w = 0; w < workers; w++) {
      inboxes.add(new LinkedBlockingQueue<>());
    }
  }

  /** Sends a message; to oneself at no cost. */
  void send(int from, int to, Message message) {
    if (from != to) {
      ledger.sent(from, message);
    }
    inboxes.get(to).add(message);
  }

  /** The next message to a worker, waiting for one if need be. */
  Message receive(int worker) throws InterruptedException {
    return inboxes.get(worker).take();
  }
}
