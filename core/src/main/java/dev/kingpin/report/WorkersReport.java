package dev.kingpin.report;

import dev.kingpin.engine.WorkerAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What workers that share nothing did in a run.
 *
 * @param accounts of the workers
 * @param seconds that the training took
 */
public record WorkersReport(List<WorkerAccount> accounts, double seconds) {
  public WorkersReport {
    accounts = List.copyOf(accounts);
  }

  /** As a table: a row a worker. */
  public String text(Page page) {
    TextTable table = new TextTable().numbers("worker").numbers("sent").numbers("messages");
    table.numbers("syncs").numbers("busy").numbers("fullest");
    for (int w = 0; w < accounts.size(); w++) {
      WorkerAccount account = accounts.get(w);
      table
          .row()
          .cell(Integer.toString(w))
          .cell(Numbers.bytes(account.bytes()))
          .cell(Numbers.count(account.messages()))
          .cell(Numbers.count(account.syncs()))
          .cell(Numbers.percent(account.busySeconds() / seconds))
          .cell(Numbers.bytes(account.mostBytes()));
    }
    return table.render(page);
  }

  /** For {@link Json}: an entry a worker. */
  public List<Map<String, Object>> tree() {
    List<Map<String, Object>> tree = new ArrayList<>();
    for (WorkerAccount account : accounts) {
      Map<String, Object> worker = new LinkedHashMap<>();
      worker.put("bytes_sent", account.bytes());
      worker.put("messages_sent", account.messages());
      worker.put("syncs", account.syncs());
      worker.put("busy_seconds", account.busySeconds());
      worker.put("busy_share", account.busySeconds() / seconds);
      worker.put("peak_bytes", account.mostBytes());
      tree.add(worker);
    }
    return tree;
  }
}
