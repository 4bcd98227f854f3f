package costlake.model;

import costlake.config.Origin;
import costlake.config.Required;
import java.util.List;
import java.util.Map;

/**
 * Given these rows, expect those.
 *
 * @param audit name of an audit that is asked instead of the model, or null
 * @param given rows by relation; a column that is not named is null
 * @param expect rows in any order; a column that is not named is not compared
 */
public record Case(
    @Required String name,
    String audit,
    Map<String, List<Map<String, Object>>> given,
    List<Map<String, Object>> expect,
    @Origin String origin) {

  record File(@Required List<Case> cases) {}
}
