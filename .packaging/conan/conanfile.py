# SPDX-License-Identifier: BSL-1.0
"""A recipe for Conan 2, which packs the tree that it is in: conan create .packaging/conan"""
import pathlib
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Attribution(ConanFile):
    name = "attribution"
    description = "Which touchpoint earned this money? Generic attribution models for C++20"
    license = "BSL-1.0"
    topics = ("attribution", "marketing", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def set_version(self):
        text = (ROOT / "include/attribution/version.hpp").read_text(encoding="utf-8")
        self.version = ".".join(re.findall(r"#define ATTRIBUTION_VERSION_[A-Z]+ (\d+)", text))

    def export_sources(self):
        copy(self, "LICENSE", ROOT, self.export_sources_folder)
        copy(self, "include/*", ROOT, self.export_sources_folder)

    def requirements(self):
        self.requires("date/[>=3.0 <4]", transitive_headers=True)
        self.requires("range-v3/[>=0.12 <1]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "LICENSE", self.source_folder, pathlib.Path(self.package_folder) / "licenses")
        copy(self, "*.hpp", pathlib.Path(self.source_folder) / "include",
             pathlib.Path(self.package_folder) / "include")

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
