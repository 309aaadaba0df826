/// Certificates and keys that are good for nothing but these tests; those that have not expired are valid until 2126.
enum TestCertificates {
    /// The authority that has signed all the others.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBSDCB76ADAgECAhQn8IFrlFxdj1QDu0AjFP/hjgpSajAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAgFw0yNjAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowGTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwWTATBgcqhkjO
        PQIBBggqhkjOPQMBBwNCAAQwZy6AQYcTvOJ+rUdDHZhgbBhsIi5CnUVtkL+sTv2t
        37cRu+/BFEgYdSd3imlFkRr0+CQvWPOfzudgrKpZGvTmoxMwETAPBgNVHRMBAf8E
        BTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIHHWvddvDcHXwcDT4En7tMP0JiB5r5cM
        OWNSmt/PVHIwAiEAmRSeBgpVI8WSCditcRIopMvNpAvxYKAV61+2ERcRZ2w=
        -----END CERTIFICATE-----
        """

    /// An authority that has signed nothing.
    static let otherAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBSjCB8aADAgECAhR2WJa169Wp9V/IXSTquAC3NA+EJDAKBggqhkjOPQQDAjAa
        MRgwFgYDVQQDDA9vdGhlciBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBoxGDAWBgNVBAMMD290aGVyIGF1dGhvcml0eTBZMBMGByqG
        SM49AgEGCCqGSM49AwEHA0IABNnRFZdI0LmPwgO/KOzaTsTp35bCpv4r3kk3oySR
        WuZwsiOsul4HYQ0BDq+Q9p50L2uuQmzg1dV8IkrxDWw1MOijEzARMA8GA1UdEwEB
        /wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKsay+84+MjOdCNsuuwXN4YjVhe8
        kZ9/eT117mKt7urYAiA1NS4F3/lv1IGR7f7+qcgXYFMLFXduzPPWBYucOrSK6Q==
        -----END CERTIFICATE-----
        """

    /// Names localhost, api.test and 127.0.0.1.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBeDCCAR+gAwIBAgIUT+z3FXoublPWCuBdx9MiOujI5L4wCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlcnZlcjBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABAIabwA6cSIOAo0FwwnJ3OxvcdUEbzNwTU9wjDSoZ7oS3StrM1Fe
        QFLYMBbP8mHIKo+U9T3UWUO1a6M4fQT/Vb2jSzBJMAwGA1UdEwEB/wQCMAAwJAYD
        VR0RBB0wG4IJbG9jYWxob3N0gghhcGkudGVzdIcEfwAAATATBgNVHSUEDDAKBggr
        BgEFBQcDATAKBggqhkjOPQQDAgNHADBEAiAo9RIcArVf/kklNUCs8GdNF51ck2f+
        JWHSrwdKXpaRUAIgF1YZIi4n3sJR4koEc0tR+i+btVKLmWcCT0R5Bl3syWs=
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJ70bMSXHl4I4CYT8
        P93dPXkguirTIAmRxII4z6AREoehRANCAAQCGm8AOnEiDgKNBcMJydzsb3HVBG8z
        cE1PcIw0qGe6Et0razNRXkBS2DAWz/JhyCqPlPU91FlDtWujOH0E/1W9
        -----END PRIVATE KEY-----
        """

    /// Expired in 2020; the key is the server's.
    static let expiredServer = """
        -----BEGIN CERTIFICATE-----
        MIIBYjCCAQigAwIBAgIUWTiTpNQL+FHxTkNaUte3WGki7KcwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwHhcNMTkwMTAxMDAwMDAwWhcNMjAw
        MTAxMDAwMDAwWjARMQ8wDQYDVQQDDAZzZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQCGm8AOnEiDgKNBcMJydzsb3HVBG8zcE1PcIw0qGe6Et0razNRXkBS
        2DAWz/JhyCqPlPU91FlDtWujOH0E/1W9ozYwNDAMBgNVHRMBAf8EAjAAMA8GA1Ud
        EQQIMAaHBH8AAAEwEwYDVR0lBAwwCgYIKwYBBQUHAwEwCgYIKoZIzj0EAwIDSAAw
        RQIhAKh7/BirIsgxY1D3IBKOk1As6bUSfx3BF7h0FeDmdvcTAiAEQSoUN7IPirop
        iXEGlaUoMDppc8lKBhNpVNeoyrCCQw==
        -----END CERTIFICATE-----
        """

    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBUTCB+KADAgECAhRHsc7Lb9yw6OHNb9Oqc6AEzOubzTAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAgFw0yNjAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowEDEOMAwGA1UEAwwFYWxpY2UwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASPbrbu1JW4DSZ/Ibo62PIfLfFwEsbQQJETnuUt5Vv/jAtJE11IrGkj
        zshBVUWHyMJ/Sa11v3TL322I6XcJTOzSoyUwIzAMBgNVHRMBAf8EAjAAMBMGA1Ud
        JQQMMAoGCCsGAQUFBwMCMAoGCCqGSM49BAMCA0gAMEUCIQC/zFYbW399wQmBzIiy
        L772MYYKcGQ3EmzkUId9S+Q2sAIgMBUdl+H3ntpO+D8pUU20HaXo9h9t2v8n7+0P
        TyvGFzY=
        -----END CERTIFICATE-----
        """

    /// An elliptic curve's key in the form that openssl ecparam writes.
    static let clientKey = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIJuneVXGlMsnMSwfj0NP3iMJCzgCaerMdimajAGVO60KoAoGCCqGSM49
        AwEHoUQDQgAEj2627tSVuA0mfyG6OtjyHy3xcBLG0ECRE57lLeVb/4wLSRNdSKxp
        I87IQVVFh8jCf0mtdb90y99tiOl3CUzs0g==
        -----END EC PRIVATE KEY-----
        """

    /// Expired in 2020; the key is the client's.
    static let expiredClient = """
        -----BEGIN CERTIFICATE-----
        MIIBTjCB9qADAgECAhQY57SbGi8cR6xWoX6LOTZSJBfRZTAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAeFw0xOTAxMDEwMDAwMDBaFw0yMDAx
        MDEwMDAwMDBaMBAxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEj2627tSVuA0mfyG6OtjyHy3xcBLG0ECRE57lLeVb/4wLSRNdSKxpI87I
        QVVFh8jCf0mtdb90y99tiOl3CUzs0qMlMCMwDAYDVR0TAQH/BAIwADATBgNVHSUE
        DDAKBggrBgEFBQcDAjAKBggqhkjOPQQDAgNHADBEAiBjpaX71WaZLT7xM3lumksu
        EsUj3b24koQtpaNmc6ttggIgVugme4CdBvCvJMUbppTnE0dwaOd7NWBznLPnn+0C
        O/U=
        -----END CERTIFICATE-----
        """

    static let rsaClient = """
        -----BEGIN CERTIFICATE-----
        MIICIjCCAcegAwIBAgIUZML3sfxwsUJ1DIKch9oIwYcmsA8wCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCXJzYS1hbGljZTCCASIwDQYJKoZIhvcN
        AQEBBQADggEPADCCAQoCggEBAKVt90Wx6FVRrllAPznoCCCd8mzLIEWivCeZhbrk
        Q733sdqgPBA3fHe7VlOdOM8xZqeVGXbPNjluxM7YRnPiN54iusNNrYmLY7HUUguO
        ioCCSvY8R/hvakx7KWGq5ohNHT+MVN3/hGe3vYKb08zjBtCMHDqgyaavba0CV9Yn
        4G1LjRhqIvN0zktnDPGjofaAdcPabbXe34o291devtjAeCWNmhHgxFmV31D1+4Qf
        6hju93CLT8tleU7VFzcrV74p3nhkNPx1f5Ez4AICKUalpYVCfc6JoR6024ETN5QK
        26wcEvlyjKd11YiSU1Z0CSTjUy5USOlwQGERxIWFYu7jX/cCAwEAAaMlMCMwDAYD
        VR0TAQH/BAIwADATBgNVHSUEDDAKBggrBgEFBQcDAjAKBggqhkjOPQQDAgNJADBG
        AiEAy2vROyeZER9SchhecZqhEdqgaocv4UFIyzF42kV4ElcCIQCFzgQDsSo35Su+
        IErrivsJdaVQtNfKYBBXTXkwF+7kGQ==
        -----END CERTIFICATE-----
        """

    /// In the form that openssl genrsa has written before 3.0.
    static let rsaClientKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEogIBAAKCAQEApW33RbHoVVGuWUA/OegIIJ3ybMsgRaK8J5mFuuRDvfex2qA8
        EDd8d7tWU504zzFmp5UZds82OW7EzthGc+I3niK6w02tiYtjsdRSC46KgIJK9jxH
        +G9qTHspYarmiE0dP4xU3f+EZ7e9gpvTzOMG0IwcOqDJpq9trQJX1ifgbUuNGGoi
        83TOS2cM8aOh9oB1w9pttd7fijb3V16+2MB4JY2aEeDEWZXfUPX7hB/qGO73cItP
        y2V5TtUXNytXvineeGQ0/HV/kTPgAgIpRqWlhUJ9zomhHrTbgRM3lArbrBwS+XKM
        p3XViJJTVnQJJONTLlRI6XBAYRHEhYVi7uNf9wIDAQABAoIBAADyN5Crpfyy77st
        SGSgOfJXJOylXsUMhg9N6/tifywGJNDEy4MmO20t4kkDzwWJrqDKaVpfcLEfETtu
        S5IxxYf/LS/ycPR778aJGdeyFC22+7nGeieRb5C0wEsBi2RVLeklTX5K41V6h2LI
        rwtEHc+x4B7KY6IzQlPT0xpzoO95wEYgOIxAx7JmcUFvKVEbhGbN0rABBOgR4QLG
        7JjDfqogGsWds9PHS0VRsx0kHVw9ajCm4mLn0G/g/n23L5giXDaO5s8WR5GIINvq
        y7n3X+V40LatBcgBNpQqNF95l+eD+ctVms0JWhi/Z0B7t9AqfNJAgZrbwkCnfcDr
        iQgbjS0CgYEA6MT7daThYSahK88To37NaksHDNMN07VE1vK995upnkbTbLMdOFaO
        rXrLtxqurS222Ebm0Ivp15oEnOJSQF59geTGAqQ+7V0CmpOQmqUfIYU5httTIIQm
        k2V7+YxI5nmwKGCLHQP9yXlpHSGCXAp1z857qzRv2QhrjgkQ5HofvPsCgYEAtfCE
        3mJ/4c73D4wjWBgyaZ3HxhVxYK/e1Z15Bkj6jowht6KCXKwYHxdosOKglvFKuT2g
        JT1MC4xzy+rAv4HaVraZR2kc96PWZZ0fDB5TgB73Mc4r1O6QnXLRRNnoZn7h29C/
        uzzrQ6c8VdCRZxBu40gsfdBMtOw7ZBP9sKuvwDUCgYBZ7C9QxX+kLm45JGhr0wK8
        O3vfwnEnBnIvr9sfmu0uDiKDbbauGxJHhpbIh/BPSsfGSa3FhyexePirOuuXnmlS
        EvVD8/uzaykkWjmU5JFgO717kaNNfoAAlUYNo9pN31jkYFedv/r9KIApFtbrg8b7
        nsM74qgK6ivS1UHHYj58nQKBgBkfv5leDL7H78IL3g2aOcvv59houaFaZ/Ejr8S4
        azEoFLfhDxNxCFuyxdg3U2nEpEb0RZse3dNyb8MnBbrsWZRD3uLHlyJzU3XwvorT
        3UACBqywBcl/sCSt6EwTs04EE3hhWTin7u0GuQQ4qvuKf2WPX+V30D/jp0foos20
        x65JAoGASdzGlTjjiJIdRCWRZHpvQP3P01PbwebYZWrQ16d66aJKCYq91Uf2vJVq
        tavkupawagz2DjqXrCdvhF2VPZKqeGLZsRP00tjWS2RjImguVoSC86rQKpt5j4aE
        KnlEOIW5vJoD/6X7MfqsULnhDxeF5Pknj57xMf1mAXKawYTAko4=
        -----END RSA PRIVATE KEY-----
        """
}
