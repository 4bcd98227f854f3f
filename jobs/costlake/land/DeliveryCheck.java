package costlake.land;

import costlake.config.Limits;
import costlake.core.Delivery;
import costlake.core.Message;
import costlake.land.read.FileSummary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides whether a copied delivery is landed or refused. */
final class DeliveryCheck {
  private final Limits limits;
  private final Export export;
  private final Duplicates.Result found;
  private final List<InspectedFile> copied;

  DeliveryCheck(Limits limits, Export export, Duplicates.Result found) {
    this.limits = limits;
    this.export = export;
    this.found = found;
    this.copied = found.files();
  }

  /** Returns the reason why the delivery is refused; empty if it is not refused. */
  Optional<String> refusal(LocalDate period, Optional<Delivery> current) {
    return contradiction(period)
        .or(found::refusal)
        .or(() -> tooManyRejects(limits, copied))
        .or(() -> current.flatMap(this::lostRows))
        .map(why -> "Refused " + name() + ": " + why);
  }

  private String name() {
    return export
        .manifest()
        .orElseGet(
            () ->
                export.files().stream()
                    .findFirst()
                    .map(file -> export.source().location() + " " + file.key())
                    .orElse(export.source().location()));
  }

  /**
   * Returns the reason if a file has only rows of other months than the stated month, even if all
   * other files are right.
   */
  private Optional<String> contradiction(LocalDate period) {
    String stated = period.toString().substring(0, 7);
    if (period.equals(Delivery.ALL_PERIODS)) {
      return Optional.empty();
    }
    List<InspectedFile> dated =
        copied.stream().filter(file -> !file.facts().months().isEmpty()).toList();
    List<InspectedFile> strange =
        dated.stream().filter(file -> !file.facts().months().containsKey(stated)).toList();
    if (strange.isEmpty()) {
      return Optional.empty();
    }
    Set<String> months = new TreeSet<>();
    strange.forEach(file -> months.addAll(file.facts().months().keySet()));
    boolean all = strange.size() == dated.size();
    return Optional.of(
        Message.of(
            """
            the manifest or the folder name states %s, but %s are of %s. Correct the manifest or
            the folder name, or deliver the right files.
            """,
            stated,
            all ? "the rows" : "the rows of " + strange.get(0).file().path(),
            String.join(", ", months)));
  }

  /** Returns the reason if too large a part of some files cannot be read. */
  static Optional<String> tooManyRejects(Limits limits, List<InspectedFile> read) {
    UnreadableShare unreadable =
        new UnreadableShare(
            read.stream().mapToLong(file -> Math.max(0, file.facts().rows())).sum(),
            read.stream().mapToLong(file -> file.facts().rejected()).sum(),
            sum(read, false).add(sum(read, true)),
            sum(read, true));
    return unreadable.tooMuch(limits, first(read));
  }

  private static BigDecimal sum(List<InspectedFile> read, boolean rejected) {
    return read.stream()
        .map(file -> rejected ? file.facts().rejectedCost() : file.facts().cost())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns a sentence about the first rejected row; empty if no row is rejected. */
  static String first(List<InspectedFile> read) {
    for (InspectedFile file : read) {
      for (FileSummary.RejectedRow row : file.facts().rejects()) {
        return " The first: " + file.place(row.row()) + ", " + row.reason() + ".";
      }
    }
    return "";
  }

  private Optional<String> lostRows(Delivery current) {
    long rows = copied.stream().mapToLong(file -> Math.max(0, file.facts().rows())).sum();
    long before = current.rows();
    long lost = before - rows;
    if (lost <= 0 || !UnreadableShare.exceeds(lost, before, limits.lostRowsRatioMax())) {
      return Optional.empty();
    }
    return Optional.of(
        Message.of(
            """
            it has %s rows where delivery %s had %s; the loss is larger than
            limits.lost_rows_ratio_max %s. Deliver it again, or raise the limit if the rows were
            removed on purpose.
            """,
            rows, current.deliveryId(), before, limits.lostRowsRatioMax()));
  }
}
