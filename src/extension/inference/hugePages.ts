const variable = "GLIBC_TUNABLES";
const tunable = "glibc.malloc.hugetlb";

/**
 * Returns environment variables that make glibc request huge pages for a model's memory.
 *
 * They need glibc 2.35 and a system that grants huge pages on request (`madvise`); elsewhere they have no effect.
 * https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
 *
 * @param own the tunables that the user has set, if any; they are kept
 */
export function hugePageVariables(own: string | undefined): Readonly<Record<string, string>> {
	if (own?.includes(`${tunable}=`)) {
		return { [variable]: own };
	}
	return { [variable]: [...(own ? [own] : []), `${tunable}=1`].join(":") };
}
