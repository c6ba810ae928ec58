//! Which addresses are nobody's but ours: a feed must not make the desk ask inside its own network.

use std::{
    error::Error,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use reqwest_chat::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// A name or an address that leads into a private network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it leads into a private network")]
pub(super) struct Private;

/// Resolves names to public addresses alone, at the moment of connecting, so that a name cannot lead
/// elsewhere than where it was looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct PublicNames;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|it| !is_private(it.ip())).collect();
            if public.is_empty() {
                return Err(Private.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether that is why something failed.
pub(super) fn is_why(error: &(dyn Error + 'static)) -> bool {
    let mut deeper = Some(error);
    while let Some(error) = deeper {
        if error.is::<Private>() {
            return true;
        }
        deeper = error.source();
    }
    false
}

/// Whether an address of the web holds a private address itself; its name is looked at when it is
/// resolved.
pub(super) fn is_private_url(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private(address.into()),
        Some(Host::Ipv6(address)) => is_private(address.into()),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Whether an address is not one of the public internet: loopback, private, link-local, shared,
/// reserved, of a group, or one of those in the clothes of IPv6.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || match (first, second) {
            (0 | 224.., _) => true,
            (100, 64..=127) | (198, 18 | 19) => true,
            (192, 0) => third == 0,
            _ => false,
        }
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, _, _, sixth, seventh, eighth] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    let zeros = address.segments().iter().take(5).all(|it| *it == 0);
    match first {
        0 if zeros && [0, 0xffff].contains(&sixth) => v4(seventh, eighth),
        // What is translated to IPv4.
        0x64 if second == 0xff9b => third != 0 || v4(seventh, eighth),
        0x2001 if second == 0x0db8 => true,
        0x2002 => v4(second, third),
        // Unique local, link-local, site-local, groups.
        0xfc00..=0xfdff | 0xfe80.. => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_private, is_private_url};

    #[test]
    fn addresses_of_our_own_network_are_told_from_public_ones() {
        for private in [
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:a00:1::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2002:101:101::1",
            "64:ff9b::101:101",
            "::ffff:1.1.1.1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn every_spelling_of_an_address_in_a_url_is_seen_through() {
        for private in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "https://169.254.169.254/latest/meta-data",
        ] {
            assert!(is_private_url(&private.parse().unwrap()), "{private}");
        }
        assert!(!is_private_url(&"https://1.1.1.1/".parse().unwrap()));
    }
}
