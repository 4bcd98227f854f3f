/** Values and words of the domain. Depends on the JDK alone. */
package costlake.core;
