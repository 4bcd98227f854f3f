package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostWatchJudgeTest {
  @Test
  void tryIt() {
    int missed = 0, wrong = 0, late = 0, falses = 0, twice = 0, all = 0;
    for (int seed = Integer.getInteger("from", 1); seed < Integer.getInteger("from", 1) + 14; seed++) {
      PlantedCompany company = new PlantedCompany(seed);
      CostWatch watch = new CostWatch(new BigDecimal(500));
      for (LocalDate day = PlantedCompany.FIRST; !day.isAfter(PlantedCompany.LAST); day = day.plusDays(1)) {
        watch.next(day, company.lines(day));
      }
      List<Incident> left = new java.util.ArrayList<>(watch.incidents());
      for (Planted p : company.planted()) {
        BigDecimal sum = BigDecimal.ZERO;
        LocalDate due = null;
        for (LocalDate d = p.start(); !d.isAfter(p.end()) && d.isBefore(p.start().plusDays(30)); d = d.plusDays(1)) {
          sum = sum.add(company.cost(p, d));
          if (due == null && sum.compareTo(new BigDecimal(500)) > 0) due = d.plusDays(1);
        }
        if (due == null) { System.out.println("small " + p.kind() + " " + sum); }
        if (due == null) continue;
        all++;
        List<Incident> found = left.stream().filter(i -> !i.start().isBefore(p.start().minusDays(7)) && !i.end().isBefore(p.start()) && !i.foundOn().isBefore(p.start()) && !i.start().isAfter(p.start().plusDays(2))).toList();
        left.removeAll(found);
        List<Incident> ends = left.stream().filter(i -> !i.start().isBefore(p.end().plusDays(1)) && !i.start().isAfter(p.end().plusDays(2))).toList();
        left.removeAll(ends);
        List<Incident> right = found.stream().filter(i -> i.cause().cause() == p.cause() && (p.kind() == Planted.Kind.PRICE_CHANGE ? company.mostAffected(p) : p.owner()).equals(i.owner())).toList();
        if (found.isEmpty()) { missed++; System.out.println(seed + " MISSED " + p.kind() + " " + p.start() + " " + p.owner() + " " + sum); }
        else if (right.isEmpty()) { wrong++; System.out.println(seed + " WRONG " + p.kind() + " " + p.owner()+ " " + p.start()+" "+sum); found.forEach(i -> print(i)); }
        else if (right.get(0).foundOn().isAfter(due)) { late++; System.out.println(seed + " LATE " + p.kind() + " " + p.start() + " due " + due + " " + right.get(0).foundOn()); }
        if (found.size() > 1 && !right.isEmpty()) { twice++; System.out.println(seed + " TWICE " + p.kind() + " " + p.start()); found.forEach(i -> print(i)); }
      }
      falses += left.size(); int s0 = seed;
      left.forEach(i -> { System.out.print(s0 + " FALSE "); print(i); company.planted().stream().filter(o -> !o.start().isAfter(i.start().plusDays(2)) && (!o.end().isBefore(i.start().minusDays(10)) && o.end().isBefore(PlantedCompany.LAST)|| o.start().isAfter(i.start().minusDays(36)))).forEach(o -> System.out.println("      plant " + o.kind() + " " + o.start() + ".." + o.end() + " " + o.owner())); });
    }
    System.out.printf("all %d missed %d wrong %d late %d twice %d false %d%n", all, missed, wrong, late, twice, falses);
  }

  private static void print(Incident i) {
    System.out.println("   " + i.id() + " " + i.start() + ".." + i.end() + " found " + i.foundOn() + " " + i.subject() + " " + i.cost() + " " + i.owner() + " " + i.cause().cause() + " " + i.cause().item() + " " + i.cause().amount().setScale(2, java.math.RoundingMode.HALF_UP) + " n=" + i.series().size());
  }
}
