package dev.kingpin.engine.walled;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What workers sent, waited for and did. */
public final class Ledger {
  private final List<Account> accounts = new ArrayList<>();
  private final Account source = new Account();

  Ledger(int workers) {
    for (int w = 0; w < workers; w++) {
      accounts.add(new Account());
    }
  }

  /** What one worker did. */
  public static final class Account {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();
    private volatile long busyNanos;
    private volatile long mostBytes;

    /** Bytes sent to other workers, headers included. */
    public long bytes() {
      return bytes.get();
    }

    /** Messages sent to other workers. */
    public long messages() {
      return messages.get();
    }

    /** Steps of groups that it owns which waited for answers of other workers. */
    public long syncs() {
      return syncs.get();
    }

    /** Time that it computed. */
    public long busyNanos() {
      return busyNanos;
    }

    /** Bytes held at the fullest. */
    public long mostBytes() {
      return mostBytes;
    }
  }

  void sent(int from, Message message) {
    Account account = from == Channel.SOURCE ? source : accounts.get(from);
    account.bytes.addAndGet(message.bytes());
    account.messages.incrementAndGet();
  }

  void sync(int owner) {
    accounts.get(owner).syncs.incrementAndGet();
  }

  void close(int worker, long busyNanos, long mostBytes) {
    accounts.get(worker).busyNanos = busyNanos;
    accounts.get(worker).mostBytes = mostBytes;
  }

  /** The accounts of all workers. */
  public List<Account> workers() {
    return List.copyOf(accounts);
  }

  /** What came from where the table lies: rows, and orders to train. */
  public Account source() {
    return source;
  }

  /** Bytes that workers sent to one another. */
  public long bytes() {
    return accounts.stream().mapToLong(Account::bytes).sum();
  }

  /** Messages that workers sent to one another. */
  public long messages() {
    return accounts.stream().mapToLong(Account::messages).sum();
  }

  /** Steps that waited for answers of other workers. */
  public long syncs() {
    return accounts.stream().mapToLong(Account::syncs).sum();
  }
}
