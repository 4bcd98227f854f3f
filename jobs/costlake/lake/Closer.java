package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import java.util.Map;
import java.util.TreeMap;

/** Carries out acts on months; finishing one that was cut off does just the rest. */
final class Closer {
  private final String root;
  private final TableFormat format;
  private final Closes closes;
  private final CloseRecords records;

  Closer(String root, TableFormat format, Closes closes, RunLog ops) {
    this.root = root;
    this.format = format;
    this.closes = closes;
    this.records = new CloseRecords(ops);
  }

  /** Journals the intent, then carries it out. */
  CloseAction record(CloseAction act) {
    FailPoint.reached(FailPoints.CLOSE_BEFORE_JOURNAL);
    closes.write(act);
    FailPoint.reached(FailPoints.CLOSE_AFTER_JOURNAL);
    return finish(act);
  }

  /** Carries a journalled intent out. */
  CloseAction finish(CloseAction act) {
    DiskSync disk = DiskSync.since(root, format, act.at());
    Map<String, String> pins = new TreeMap<>();
    for (Map.Entry<String, String> table : new TreeMap<>(act.tables()).entrySet()) {
      TableName name = TableName.parse(table.getKey());
      pins.put(table.getKey(), format.pin(name, table.getValue(), act.label(), Closes.rows(act)));
      disk.force(name);
      if (pins.size() == 1) {
        FailPoint.reached(FailPoints.CLOSE_AFTER_FIRST_PIN);
      }
    }
    FailPoint.reached(FailPoints.CLOSE_PINNED);
    CloseAction done = act.recorded(pins);
    records.statements(done);
    FailPoint.reached(FailPoints.CLOSE_AFTER_STATEMENTS);
    records.close(done);
    FailPoint.reached(FailPoints.CLOSE_BEFORE_RECORDED);
    closes.write(done);
    FailPoint.reached(FailPoints.CLOSE_AFTER_RECORDED);
    return done;
  }
}
