package costlake.land.read;

import costlake.land.read.rows.Mapping;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.TimeFormats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All relations of one kind of source. A file belongs to the first relation that recognises its
 * header. If no relation recognises it, the first relation reports the missing columns.
 */
public record RelationsOfKind(List<Relation> relations) implements Relation {
  public RelationsOfKind {
    relations = List.copyOf(relations);
  }

  /** Returns the index of the relation that a header belongs to. */
  @Override
  public int part(List<String> header) {
    for (int i = 0; i < relations.size(); i++) {
      if (relations.get(i).recognises(header)) {
        return i;
      }
    }
    return 0;
  }

  private Relation of(List<String> header) {
    return relations.get(part(header));
  }

  @Override
  public boolean recognises(List<String> header) {
    return relations.stream().anyMatch(relation -> relation.recognises(header));
  }

  @Override
  public boolean finds(List<String> header) {
    return relations.stream().anyMatch(relation -> relation.finds(header));
  }

  @Override
  public Optional<Map<String, String>> proposed(List<String> header) {
    return relations.stream().flatMap(relation -> relation.proposed(header).stream()).findFirst();
  }

  @Override
  public Mapping mapping(String file, List<String> columns) {
    return of(columns).mapping(file, columns);
  }

  @Override
  public List<String> periodColumns(List<String> header) {
    return of(header).periodColumns(header);
  }

  @Override
  public List<String> identity(List<String> header) {
    return of(header).identity(header);
  }

  @Override
  public List<String> costColumns(List<String> header) {
    return of(header).costColumns(header);
  }

  @Override
  public List<String> skipColumns(List<String> header) {
    return of(header).skipColumns(header);
  }

  /** Returns the names of the first relation that reads files without a header. */
  @Override
  public Optional<List<String>> headless(List<String> first) {
    return relations.stream().flatMap(relation -> relation.headless(first).stream()).findFirst();
  }

  @Override
  public Set<String> rowArrays() {
    return relations.stream()
        .flatMap(relation -> relation.rowArrays().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public TimeFormats times(List<String> header) {
    return of(header).times(header);
  }

  @Override
  public List<String> unzonedColumns(List<String> header) {
    return of(header).unzonedColumns(header);
  }

  @Override
  public Optional<String> missing(List<String> header) {
    return relations.stream().flatMap(relation -> relation.missing(header).stream()).findFirst();
  }

  @Override
  public List<String> lacking(List<String> header) {
    return of(header).lacking(header);
  }
}
