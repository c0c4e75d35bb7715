const variable = "GLIBC_TUNABLES";
const tunable = "glibc.malloc.hugetlb";

/**
 * @param own the tunables that the user has set, if any; they stay
 * @returns variables with which glibc asks Linux for huge pages for the memory of a model. They take effect from glibc
 * 2.35 on, where the system gives such pages to who asks for them (`madvise`), and change nothing elsewhere.
 * https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
 */
export function hugePageVariables(own: string | undefined): Readonly<Record<string, string>> {
	if (own?.includes(`${tunable}=`)) {
		return { [variable]: own };
	}
	return { [variable]: [...(own ? [own] : []), `${tunable}=1`].join(":") };
}
