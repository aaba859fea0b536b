# shellcheck shell=bash
# Debian and Ubuntu packages, and how to get those that are missing. Sourced by the scripts beside it.

# shellcheck disable=SC2034 # the lists are used by who sources this
packages_build=(
	ca-certificates cmake gcc libc6-dev ninja-build pkg-config
	libarchive-dev libcurl4-openssl-dev libjansson-dev libsqlite3-dev libstemmer-dev libutf8proc-dev libxml2-dev
	libyaml-dev
)
# shellcheck disable=SC2034
packages_replay=(libmicrohttpd-dev zlib1g-dev)
# shellcheck disable=SC2034
packages_test=(
	bats bibtool bibutils binutils bzip2 cmark-gfm curl g++ git gzip jq libcmocka-dev libxapian-dev libxml2-utils perl
	python3 python3-bibtexparser python3-html5lib python3-pybtex python3-yaml scdoc sqlite3 tar util-linux xz-utils zip
	zstd
)
# shellcheck disable=SC2034
packages_bench=(bsdextrautils zstd)
# What the benchmarks compare with, where it is present: Xapian and its command, Lucene and its Java; papers
# compressed with zstd.
# shellcheck disable=SC2034
packages_peers=(g++ libxapian-dev xapian-tools default-jdk-headless liblucene8-java libzstd-dev)
# shellcheck disable=SC2034
packages_lint=(clang-format shellcheck)

package_is_there() {
	case $1 in
	libcurl4-openssl-dev) pkg-config --exists libcurl 2> /dev/null && return ;; # any of its flavours will do
	default-jdk-headless) command -v javac > /dev/null && return ;; # any Java will do
	esac
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

# Installs what is missing of the packages named, and says so; removes nothing.
packages_install() {
	local missing=() package as_root=()

	if ! command -v apt-get > /dev/null; then
		echo "No apt-get here, so nothing is installed. The names on Debian are: $*" >&2
		return
	fi
	for package; do
		package_is_there "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		if ! command -v sudo > /dev/null; then
			echo "These packages are missing, and there is no sudo; install them as root: ${missing[*]}" >&2
			return 1
		fi
		as_root=(sudo)
	fi
	echo "Installing ${missing[*]}"
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -q update
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -q -o Dpkg::Use-Pty=0 install -y \
		--no-install-recommends --no-remove "${missing[@]}" > /dev/null
}
